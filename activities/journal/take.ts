import { inTransaction, type Pool, type Queryable } from '../../infra/database/pool.ts';
import type { IncidentPhase, IncidentSnapshot, StepInput } from '../../workflows/contracts/incident.ts';
import { foldAlerts, type FoldAlert, type FoldResult } from '../../workflows/domain/incident-fold.ts';
import { wakesAt } from '../../workflows/domain/incident-wake.ts';
import { isQuiet } from '../../workflows/domain/quiet.ts';
import { countUnsettled, settleAlerts, stampAlerts, TAKE_LIMIT, type Unsettled } from './alerts.ts';
import { flapAfter, flapChanges, flapLines, waitingChanges } from './flapping.ts';
import { addTimeline, updateIncident, type IncidentChanges } from './incident-changes.ts';
import { readIncident, type IncidentRow } from './incident-row.ts';
import { askClose, readAnswers, readOpenOrders } from './orders.ts';
import { presentSnapshot } from './snapshot.ts';

const NONE: Unsettled = { opens: 0, closes: 0, lastOpenSeq: null };

/**
 * Makes `input.chain` the owner of the incident, lowers the bell, stamps waiting alerts and folds them; answers where the
 * incident stands, or null when no incident is kept under the key. One transaction; taking twice changes nothing.
 */
export async function takeAlerts(pool: Pool, lagBudgetMs: number, input: StepInput): Promise<IncidentSnapshot | null> {
  return inTransaction(pool, async (tx) => {
    const row = await readIncident(tx, input.key, true);
    return row === null ? null : takeInto(tx, row, lagBudgetMs, input);
  });
}

/** The same inside the transaction of a step, with the locked row as it is now. */
export async function takeInto(
  tx: Queryable,
  row: IncidentRow,
  lagBudgetMs: number,
  input: StepInput,
): Promise<IncidentSnapshot> {
  const taken = await stampAlerts(tx, row.id, row.batch + 1);
  const flap = flapAfter(row, taken);
  const folded = fold({ ...row, flap }, taken, input.now);
  if (row.endsWithEndpoint && taken.length > 0 && folded.want === 'open')
    await askClose(tx, row.id, row.endpointName, input.now);
  const [, unsettled, { orders, someWait }, answers] = await Promise.all([
    settleCounted(tx, row, folded, input.now),
    taken.length > 0 || row.hasUnsettled ? countUnsettled(tx, row.id) : NONE,
    readOpenOrders(tx, row.id, orderState(row, input.now)),
    readAnswers(tx, input.watched),
  ]);
  const isBlocked = row.phase === 'blocked' && taken.length === 0 && row.blockedVersion === row.configVersion;
  const changes = {
    ...changesOf(row, taken, folded, unsettled, isBlocked, input),
    ...flapChanges(row, flap),
  };
  Object.assign(changes, waitingChanges(row, changes.phase, input.now));
  const snapshot = presentSnapshot({
    row: {
      ...row,
      phase: changes.phase as IncidentPhase,
      want: folded.want,
      batch: changes.batch ?? row.batch,
      pending: folded.pending,
      flap,
      calmSince: folded.calmSince === null ? null : new Date(folded.calmSince),
      nextTryAt: changes.next_try_at === undefined ? row.nextTryAt : null,
      convergeAt: changes.converge_at === undefined ? row.convergeAt : new Date(input.now),
    },
    unsettled,
    isBlocked,
    hasMore: taken.length === TAKE_LIMIT,
    orders,
    ordersDueAt: someWait && row.gate === 'open' ? row.nextTryAt : null,
    answers,
    lagBudgetMs,
  });
  const wakes = wakesAt(snapshot, someWait, Date.parse(input.now));
  const lines = [...timelineOf(folded), ...flapLines(row, flap)];
  await Promise.all([
    updateIncident(tx, row.id, { ...changes, wakes_at: wakes === null ? null : new Date(wakes) }),
    addTimeline(tx, row.id, row.episode, lines),
  ]);
  return snapshot;
}

function orderState(row: IncidentRow, now: string): 'ready' | 'resting' | 'closed' {
  if (row.gate === 'closed') return 'closed';
  return row.nextTryAt !== null && row.nextTryAt.getTime() > Date.parse(now) ? 'resting' : 'ready';
}

function fold(row: IncidentRow, taken: readonly FoldAlert[], now: string): FoldResult {
  const intervalMs = row.config.ticketing.noteIntervalSeconds * 1000;
  const isInBurst =
    isQuiet(row, Date.parse(now)) ||
    row.flap?.spell != null ||
    (intervalMs > 0 &&
      (row.pending !== null || (row.noteAt !== null && row.noteAt.getTime() + intervalMs > Date.parse(now))));
  return foldAlerts(
    {
      hasTicket: row.ticketId !== null,
      want: row.want,
      calmSince: row.calmSince?.toISOString() ?? null,
      pending: row.pending,
      draft: row.ticketId === null ? row.draft : null,
      isInBurst,
    },
    taken,
  );
}

async function settleCounted(tx: Queryable, row: IncidentRow, folded: FoldResult, now: string): Promise<void> {
  const last = folded.counted.at(-1);
  if (!last) return;
  await settleAlerts(tx, row.id, { action: 'update', ticket: row.ticketId, at: now }, { throughSeq: last.seq });
}

function changesOf(
  row: IncidentRow,
  taken: readonly FoldAlert[],
  folded: FoldResult,
  unsettled: Unsettled,
  isBlocked: boolean,
  { chain, now }: StepInput,
): IncidentChanges {
  const isRevived = (row.phase === 'closed' || row.phase === 'abandoned' || row.phase === 'new') && taken.length > 0;
  return {
    chain,
    bell: false,
    bell_raised_at: null,
    bell_sent_at: null,
    bell_rung: 0,
    bell_refused: null,
    want: folded.want,
    calm_since: folded.calmSince,
    batch_open: unsettled.opens + unsettled.closes > 0,
    phase: phaseOf(row, folded, unsettled, isBlocked),
    ...(taken.length > 0 ? { batch: row.batch + 1 } : {}),
    ...(folded.counted.length > 0 ? { pending: folded.pending } : {}),
    ...(folded.draft !== null ? { draft_webhook_id: folded.draft.webhookId, draft_n: folded.draft.n } : {}),
    ...(row.phase === 'uncertain' && taken.length > 0 ? { converge_at: new Date(now) } : {}),
    ...(isRevived || (row.phase === 'blocked' && !isBlocked) ? { next_try_at: null, attempts: 0 } : {}),
  };
}

function phaseOf(row: IncidentRow, folded: FoldResult, unsettled: Unsettled, isBlocked: boolean): IncidentPhase {
  if (isBlocked) return 'blocked';
  if (row.phase === 'uncertain' && row.ticketId === null) return 'uncertain';
  const hasWork =
    unsettled.opens + unsettled.closes > 0 ||
    (row.ticketId === null && folded.want === 'open') ||
    row.postingAt !== null;
  if (row.gate === 'closed' && hasWork) return 'waiting';
  if (row.ticketId !== null) return folded.want === 'closed' ? 'closing' : 'open';
  if (unsettled.opens > 0 || folded.want === 'open') return 'opening';
  if (unsettled.closes > 0) return 'closing';
  return row.phase === 'abandoned' ? 'abandoned' : 'closed';
}

function timelineOf(folded: FoldResult) {
  return folded.changes.map((change) => ({
    at: change.at,
    kind: change.to === 'open' ? 'failing' : 'recovered',
    text: change.message,
    data: { webhookId: change.webhookId },
  }));
}
