import type { AlertKind } from '../contracts/plan.ts';
import type { IncidentWant } from '../contracts/incident.ts';

/** Alerts that were counted and wait to be told in one note. Instants are ISO strings. */
export interface PendingNote {
  count: number;
  firstAt: string;
  lastAt: string;
  /** `seq` of the first counted alert. */
  firstSeq: number;
  lastMessage: string;
  lastWebhookId: string;
  lastN: number;
  /** How often a recovery came in between. */
  recoveries: number;
}

export interface FoldAlert {
  webhookId: string;
  n: number;
  seq: number;
  kind: AlertKind;
  message: string;
  receivedAt: string;
}

/** Where an incident stands before a batch of alerts. */
export interface FoldState {
  hasTicket: boolean;
  want: IncidentWant;
  calmSince: string | null;
  pending: PendingNote | null;
  draft: { webhookId: string; n: number } | null;
  /** True while a note was written less than the interval ago: alerts are counted at once. */
  isInBurst: boolean;
}

/** One change between open and close, a line of the timeline. */
export interface FoldChange {
  at: string;
  to: 'open' | 'closed';
  webhookId: string;
  message: string;
}

export interface FoldResult {
  want: IncidentWant;
  calmSince: string | null;
  pending: PendingNote | null;
  draft: { webhookId: string; n: number } | null;
  changes: FoldChange[];
  /** Alerts told by the pending note: settled as `processed/update`. */
  counted: FoldAlert[];
  /** Closes that a later open took back, in this batch or before it. */
  takesBackCloses: boolean;
}

/**
 * Folds a batch, in `seq` order, into what the ticket must become: the last kind decides. `other` asks for an open ticket.
 * Without a ticket, or outside a burst, opens stay unsettled until their ticket or note is written.
 */
export function foldAlerts(before: FoldState, alerts: readonly FoldAlert[]): FoldResult {
  const result: FoldResult = {
    want: before.want,
    calmSince: before.calmSince,
    pending: before.pending,
    draft: before.draft,
    changes: [],
    counted: [],
    takesBackCloses: false,
  };
  for (const alert of alerts) {
    if (alert.kind === 'close') foldClose(result, alert);
    else foldOpen(result, alert, before);
  }
  return result;
}

function foldClose(result: FoldResult, alert: FoldAlert): void {
  if (result.want !== 'closed') result.changes.push(changeOf(alert, 'closed'));
  result.want = 'closed';
  result.calmSince ??= alert.receivedAt;
}

function foldOpen(result: FoldResult, alert: FoldAlert, before: FoldState): void {
  const takesBack = result.want === 'closed';
  if (result.want !== 'open') result.changes.push(changeOf(alert, 'open'));
  result.takesBackCloses ||= takesBack;
  result.want = 'open';
  result.calmSince = null;
  result.draft ??= { webhookId: alert.webhookId, n: alert.n };
  if (before.hasTicket && before.isInBurst) {
    result.pending = addToPending(result.pending, alert, takesBack);
    result.counted.push(alert);
  }
}

/** The pending note with one more alert counted. */
export function addToPending(pending: PendingNote | null, alert: FoldAlert, isAfterRecovery: boolean): PendingNote {
  return {
    count: (pending?.count ?? 0) + 1,
    firstAt: pending?.firstAt ?? alert.receivedAt,
    firstSeq: pending?.firstSeq ?? alert.seq,
    lastAt: alert.receivedAt,
    lastMessage: alert.message,
    lastWebhookId: alert.webhookId,
    lastN: alert.n,
    recoveries: (pending?.recoveries ?? 0) + (isAfterRecovery ? 1 : 0),
  };
}

/** Two notes that wait as one; the second is the later one. */
export function joinPending(earlier: PendingNote | null, later: PendingNote | null): PendingNote | null {
  if (earlier === null || later === null) return earlier ?? later;
  return {
    ...later,
    count: earlier.count + later.count,
    firstAt: earlier.firstAt,
    firstSeq: earlier.firstSeq,
    recoveries: earlier.recoveries + later.recoveries,
  };
}

function changeOf(alert: FoldAlert, to: 'open' | 'closed'): FoldChange {
  return { at: alert.receivedAt, to, webhookId: alert.webhookId, message: alert.message };
}
