import type { IncidentSnapshot, OrderAnswer } from '../../workflows/contracts/incident.ts';
import type { Unsettled } from './alerts.ts';
import type { IncidentRow } from './incident-row.ts';

/** The row as the story decides on it: plain JSON, no message, no body. */
export function presentSnapshot(of: {
  row: IncidentRow;
  unsettled: Unsettled;
  isBlocked: boolean;
  hasMore: boolean;
  orders: string[];
  answers: OrderAnswer[];
  lagBudgetMs: number;
}): IncidentSnapshot {
  const { row, unsettled } = of;
  return {
    incidentId: row.id,
    endpointId: row.endpointId,
    endpointName: row.endpointName,
    summary: row.summary,
    company: row.company,
    phase: row.phase,
    want: row.want,
    episode: row.episode,
    ticketId: row.ticketId,
    ticketUrl: row.ticketUrl,
    lastTicketId: row.lastTicketId,
    batch: row.batch,
    unsettledOpens: Number(unsettled.opens),
    unsettledCloses: Number(unsettled.closes),
    hasMore: of.hasMore,
    pendingCount: row.pending?.count ?? 0,
    noteDueAt: noteDueAt(row),
    isWriting: row.writing !== null,
    postingAt: iso(row.postingAt),
    postingRounds: row.postingRounds,
    postingLooks: row.postingLooks,
    convergeAt: iso(row.convergeAt),
    calmSince: iso(row.calmSince),
    closeDelayMs: row.config.ticketing.closeDelaySeconds * 1000,
    checkedAt: iso(row.checkedAt),
    nextTryAt: iso(row.nextTryAt),
    gateIsOpen: row.gate === 'open',
    isBlocked: of.isBlocked,
    error: row.error,
    orders: of.orders,
    answers: of.answers,
    alerts: row.alerts,
    lagBudgetMs: of.lagBudgetMs,
  };
}

function noteDueAt(row: IncidentRow): string | null {
  if (row.pending === null) return null;
  const from = row.noteAt?.getTime() ?? 0;
  return new Date(from + row.config.ticketing.noteIntervalSeconds * 1000).toISOString();
}

function iso(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
