import type { IncidentSnapshot } from '../contracts/incident.ts';

/** What the story does next. `wait` without an instant waits for the bell alone. */
export type IncidentStep =
  | { do: 'carryOutOrder'; orderId: string }
  | { do: 'openTicket' }
  | { do: 'writeNotes' }
  | { do: 'closeTicket' }
  | { do: 'checkTicket' }
  | { do: 'convergeTickets' }
  | { do: 'writeAnalysis' }
  | { do: 'wait'; untilMs: number | null }
  | { do: 'end' };

/** Looks for a ticket whose creation got no answer, after these spans since the request (facts/connectwise.md §12). */
export const LOOK_AGAIN_MS = [2_000, 5_000, 15_000, 30_000, 60_000];
/** An open ticket is read this often although nothing happens. */
export const CHECK_EVERY_MS = 6 * 3_600_000;

/** Decides the next step from the recorded state alone. Pure: `nowMs` is the workflow's time. */
export function nextStep(state: IncidentSnapshot, nowMs: number): IncidentStep {
  const order = state.orders[0];
  if (order !== undefined) return { do: 'carryOutOrder', orderId: order };
  if (state.hasMore) return { do: 'wait', untilMs: nowMs };
  const ordersDue = state.ordersDueAt ? Date.parse(state.ordersDueAt) : null;
  const needed = neededStep(state, nowMs);
  if (ordersDue !== null && needed.do === 'end') return { do: 'wait', untilMs: ordersDue };
  if (ordersDue !== null && needed.do === 'wait')
    return { do: 'wait', untilMs: Math.min(ordersDue, needed.untilMs ?? ordersDue) };
  if (needed.do === 'wait' || needed.do === 'end') return needed;
  if (!state.gateIsOpen || state.isBlocked) return { do: 'wait', untilMs: ordersDue };
  const notBefore = state.nextTryAt === null ? 0 : Date.parse(state.nextTryAt);
  return notBefore > nowMs ? { do: 'wait', untilMs: notBefore } : needed;
}

function neededStep(state: IncidentSnapshot, nowMs: number): IncidentStep {
  if (state.ticketId === null) return withoutTicket(state, nowMs);
  const noteDue = earliest(state.noteDueAt, state.flapNoteAt ?? null);
  if (state.want === 'closed') {
    const calmAt = (state.calmSince === null ? nowMs : Date.parse(state.calmSince)) + state.closeDelayMs;
    const closeAt = Math.max(calmAt, state.flappingUntil ? Date.parse(state.flappingUntil) : calmAt);
    if (closeAt <= nowMs) return { do: 'closeTicket' };
    const note = noteStep(state, noteDue, nowMs) ?? analysisStep(state);
    return note ?? { do: 'wait', untilMs: Math.min(closeAt, noteDue ?? closeAt) };
  }
  const note = noteStep(state, noteDue, nowMs);
  if (note) return note;
  const analysis = analysisStep(state);
  if (analysis) return analysis;
  const convergeAt = state.convergeAt === null ? null : Date.parse(state.convergeAt);
  if (convergeAt !== null && convergeAt <= nowMs) return { do: 'convergeTickets' };
  const regularAt = (state.checkedAt === null ? nowMs : Date.parse(state.checkedAt)) + CHECK_EVERY_MS;
  const checkAt = Math.min(regularAt, state.lookAt ? Date.parse(state.lookAt) : regularAt);
  if (checkAt <= nowMs) return { do: 'checkTicket' };
  return { do: 'wait', untilMs: Math.min(checkAt, noteDue ?? checkAt, convergeAt ?? checkAt) };
}

function earliest(one: string | null, other: string | null): number | null {
  if (one === null || other === null)
    return one === null ? (other === null ? null : Date.parse(other)) : Date.parse(one);
  return Math.min(Date.parse(one), Date.parse(other));
}

function noteStep(state: IncidentSnapshot, noteDue: number | null, nowMs: number): IncidentStep | null {
  const isDue = state.isWriting || state.unsettledOpens > 0 || (noteDue !== null && noteDue <= nowMs);
  return isDue ? { do: 'writeNotes' } : null;
}

function analysisStep(state: IncidentSnapshot): IncidentStep | null {
  return state.isAnalysisReady === true ? { do: 'writeAnalysis' } : null;
}

function withoutTicket(state: IncidentSnapshot, nowMs: number): IncidentStep {
  if (state.postingAt !== null) return lookAgainStep(state, Date.parse(state.postingAt), nowMs);
  if (state.unsettledOpens > 0 || state.want === 'open') return { do: 'openTicket' };
  if (state.unsettledCloses > 0) return { do: 'closeTicket' };
  if (state.convergeAt !== null) {
    const convergeAt = Date.parse(state.convergeAt);
    return convergeAt <= nowMs ? { do: 'convergeTickets' } : { do: 'wait', untilMs: convergeAt };
  }
  return { do: 'end' };
}

function lookAgainStep(state: IncidentSnapshot, postedMs: number, nowMs: number): IncidentStep {
  if (state.phase === 'uncertain') {
    const again = state.uncertainLookAt ? Date.parse(state.uncertainLookAt) : null;
    return again !== null && again <= nowMs ? { do: 'openTicket' } : { do: 'wait', untilMs: again };
  }
  const after = LOOK_AGAIN_MS[state.postingLooks] ?? state.lagBudgetMs;
  const due = postedMs + Math.min(after, state.lagBudgetMs);
  return due <= nowMs ? { do: 'openTicket' } : { do: 'wait', untilMs: due };
}
