import type { IncidentSnapshot } from '../contracts/incident.ts';

/** The incident in Markdown, for the details of the Temporal Web UI. */
export function describeIncident(state: IncidentSnapshot): string {
  const ticket = state.ticketId ?? state.lastTicketId;
  const link = ticket === null ? 'none yet' : state.ticketUrl === null ? ticket : `[${ticket}](${state.ticketUrl})`;
  const lines = [
    `**${state.summary}**`,
    '',
    `- Phase: **${state.phase}**`,
    `- Ticket: ${link}${state.ticketId === null && ticket !== null ? ' (the last one)' : ''}`,
    `- Endpoint: ${state.endpointName}`,
    ...(state.company === null ? [] : [`- Company: ${state.company}`]),
    `- Alerts: ${state.alerts}`,
    ...(state.pendingCount > 0 ? [`- Waiting for the next note: ${state.pendingCount}`] : []),
    ...(state.analysisId == null ? [] : ['- A language model is asked for the root cause.']),
    ...(state.gateIsOpen ? [] : ['- The connection to the ticket system is down; its gate probes it.']),
    ...(state.error === null ? [] : ['', '```', state.error, '```']),
  ];
  return lines.join('\n');
}

/** What the wait that ends at `untilMs` is for, in a few words: they stand at its timer in the Temporal Web UI. */
export function describeWait(state: IncidentSnapshot, untilMs: number): string {
  const reasons: readonly [at: string | null | undefined, words: string][] = [
    [state.nextTryAt, 'Tries again'],
    [state.ordersDueAt, 'Tries an order again'],
    [state.noteDueAt, 'Writes what has come as one note'],
    [state.flapNoteAt, 'Writes that it flaps, or that this is over'],
    [state.flappingUntil, 'Closes the ticket unless it fails again'],
    [state.convergeAt, 'Looks for a doubled ticket'],
    [state.uncertainLookAt, 'Looks for the ticket once more'],
  ];
  const found = reasons.find(([at]) => at != null && Date.parse(at) === untilMs);
  if (found) return found[1];
  if (state.ticketId === null) return 'Looks for the ticket whose making got no answer';
  return state.want === 'closed' ? 'Closes the ticket unless it fails again' : 'Reads the ticket';
}
