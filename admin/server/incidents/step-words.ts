import type { IncidentSnapshot, IncidentView } from '../../../workflows/contracts/incident.ts';

const DOES: Record<string, string> = {
  begins: 'Reads where it stands.',
  carryOutOrder: 'Carries out what a person asked for.',
  openTicket: 'Opens the ticket.',
  writeNotes: 'Writes a note.',
  closeTicket: 'Closes the ticket.',
  checkTicket: 'Reads the ticket.',
  convergeTickets: 'Looks for a second ticket of its key.',
  writeAnalysis: 'Writes the analysis as a note.',
  end: 'Comes to its end.',
};

/** In a sentence what a running incident does, or what it waits for. */
export function stepWords({ snapshot, doing, waitsUntil }: IncidentView): string {
  if (doing !== 'wait') return DOES[doing] ?? `Is at the step ${doing}.`;
  if (snapshot === null) return 'Waits.';
  const reason = waitsFor(snapshot, waitsUntil);
  return waitsUntil === null ? `Waits for ${reason}.` : `Waits for the next webhook, or ${reason}.`;
}

function waitsFor(state: IncidentSnapshot, until: string | null): string {
  if (!state.gateIsOpen) return 'the ticket system, which does not answer: its gate rings when it is back';
  if (state.isBlocked) return 'a person, a changed configuration or the next alert: the ticket system refused it';
  if (state.phase === 'uncertain') return 'a person: nobody knows whether its ticket was created';
  if (until === null) return 'the next webhook or order';
  const isDue = (at: string | null | undefined) => at != null && Date.parse(at) === Date.parse(until);
  if (isDue(state.nextTryAt)) return 'the next try';
  if (isDue(state.ordersDueAt)) return 'what a person asked for, which is tried again';
  if (state.ticketId === null && state.postingAt !== null) return 'the next look for the ticket it asked for';
  if (isDue(state.noteDueAt)) return `the note that joins ${state.pendingCount} alerts`;
  if (isDue(state.flapNoteAt)) return 'the note that tells of the flapping';
  if (isDue(state.flappingUntil)) return 'the end of the flapping';
  if (isDue(state.convergeAt)) return 'a last look for a second ticket';
  if (state.want === 'closed') return 'calm, to close the ticket';
  return 'the time to read the ticket again';
}
