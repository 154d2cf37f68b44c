import type { Queryable } from '../../infra/database/pool.ts';
import type { IncidentSnapshot } from '../../workflows/contracts/incident.ts';
import { showRefusal } from '../journal/alerts.ts';
import { addTimeline, updateIncident } from '../journal/incident-changes.ts';
import type { IncidentRow } from '../journal/incident-row.ts';
import { recordAndTake, type Step } from '../journal/own-incident.ts';
import { TicketSystemError } from './ticket-system.ts';

/** How long an incident tries by itself before its connection's gate closes. */
const GIVE_UP_MS = 60_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 20_000;

/** Records what the ticket system answered and when to try again. Anything but a `TicketSystemError` is thrown on. */
export async function recordTrouble(step: Step, error: unknown): Promise<IncidentSnapshot> {
  if (!(error instanceof TicketSystemError)) throw error;
  let closesGate = false;
  const snapshot = await recordAndTake(step, async (tx, row) => {
    const gaveUp = failedForMs(row, step) >= GIVE_UP_MS;
    if (error.code === 'invalid' || (error.code === 'not-applied' && gaveUp))
      return recordBlocked(tx, row, step, error);
    if (error.code === 'not-applied') await showRefusal(tx, row.id, row.ticketId, error.message);
    closesGate =
      error.code === 'connection-refused-us' || (gaveUp && error.code !== 'throttled' && error.code !== 'not-applied');
    if (closesGate) {
      await tx.query(
        `update connection set gate = 'closed', reason = $2, gate_since = case when gate = 'closed' then gate_since else $3::timestamptz end where name = $1`,
        [step.deps.connection, error.message, step.now()],
      );
    }
    const wait = error.retryAfterMs ?? Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(row.attempts, 10));
    await updateIncident(tx, row.id, {
      error: error.message,
      error_at: row.errorAt ?? step.now(),
      attempts: row.attempts + 1,
      next_try_at: closesGate ? null : new Date(Date.parse(step.now()) + wait),
    });
    if (closesGate || row.error !== error.message) {
      await addTimeline(tx, row.id, row.episode, [
        { at: step.now(), kind: closesGate ? 'waiting' : 'trouble', text: error.message },
      ]);
    }
  });
  if (closesGate) await step.deps.bells.ringGate(step.deps.connection);
  return snapshot;
}

function failedForMs(row: IncidentRow, step: Step): number {
  return row.errorAt === null ? 0 : Date.parse(step.now()) - row.errorAt.getTime();
}

/** What the ticket system refuses, or answers well and does not do for a minute, waits for a retry, an edit or the next alert. */
async function recordBlocked(tx: Queryable, row: IncidentRow, step: Step, error: TicketSystemError): Promise<void> {
  await showRefusal(tx, row.id, row.ticketId, error.message);
  await updateIncident(tx, row.id, {
    phase: 'blocked',
    blocked_version: row.configVersion,
    error: error.message,
    error_at: row.errorAt ?? step.now(),
    attempts: row.attempts + 1,
  });
  await addTimeline(tx, row.id, row.episode, [
    { at: step.now(), kind: 'blocked', text: error.message, data: { status: error.status } },
  ]);
}
