import type { IncidentSnapshot, OrderAnswer } from '../../workflows/contracts/incident.ts';
import { dueWhenQuiet } from '../../workflows/domain/quiet.ts';
import type { Unsettled } from './alerts.ts';
import { flapInstants } from './flapping.ts';
import type { IncidentRow } from './incident-row.ts';

/** A quiet ticket with new alerts is read at most this often. */
const QUIET_LOOK_MS = 60_000;

/** The row as the story decides on it: plain JSON, no message, no body. */
export function presentSnapshot(of: {
  row: IncidentRow;
  unsettled: Unsettled;
  isBlocked: boolean;
  hasMore: boolean;
  orders: string[];
  ordersDueAt: Date | null;
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
    checkedAt: iso(later(row.checkedAt, row.listedAt)),
    nextTryAt: iso(row.nextTryAt),
    gateIsOpen: row.gate === 'open',
    isBlocked: of.isBlocked,
    error: row.error,
    orders: of.orders,
    ordersDueAt: iso(of.ordersDueAt),
    answers: of.answers,
    alerts: row.alerts,
    lagBudgetMs: of.lagBudgetMs,
    lookAt: lookAt(row),
    uncertainLookAt: row.phase === 'uncertain' ? iso(row.convergeAt) : null,
    ...flapInstants(row),
    analysisId: row.ticketId === null ? null : row.analysisId,
    isAnalysisReady: row.ticketId !== null && row.analysisId !== null && row.analysisReady,
  };
}

function noteDueAt(row: IncidentRow): string | null {
  if (row.pending === null || row.flap?.spell != null) return null;
  const from = row.noteAt?.getTime() ?? 0;
  const due = dueWhenQuiet(row, from + row.config.ticketing.noteIntervalSeconds * 1000);
  return due === null ? null : new Date(due).toISOString();
}

/** A hint is due at once. Quiet alerts write nothing, so nobody would notice that a person closed the ticket: it is read instead. */
function lookAt(row: IncidentRow): string | null {
  if (row.ticketId !== null && row.lookAt !== null) return new Date(0).toISOString();
  if (row.pending === null || row.checkedAt === null) return null;
  if (row.acknowledgedAt === null && row.snoozedUntil === null && row.flap?.spell == null) return null;
  if (Date.parse(row.pending.lastAt) <= row.checkedAt.getTime()) return null;
  return new Date(row.checkedAt.getTime() + QUIET_LOOK_MS).toISOString();
}

function later(one: Date | null, other: Date | null): Date | null {
  return one !== null && (other === null || one >= other) ? one : other;
}

function iso(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
