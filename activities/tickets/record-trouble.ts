import type { Queryable } from '../../infra/database/pool.ts';
import type { IncidentSnapshot } from '../../workflows/contracts/incident.ts';
import { showRefusal } from '../journal/alerts.ts';
import { addTimeline, updateIncident } from '../journal/incident-changes.ts';
import type { IncidentRow } from '../journal/incident-row.ts';
import { readOwned, recordAndTake, type Step } from '../journal/own-incident.ts';
import { answersWell } from './connection-proof.ts';
import { TicketSystemError } from './ticket-system.ts';

/** How long an incident tries by itself before its connection is doubted. */
const GIVE_UP_MS = 60_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 20_000;
/** Between tries of one ticket that fails on a connection which answers well. */
const LAST_LONE_RETRY_MS = 300_000;

/** Records what the ticket system answered and when to try again. Anything but a `TicketSystemError` is thrown on. */
export async function recordTrouble(step: Step, error: unknown): Promise<IncidentSnapshot> {
  if (!(error instanceof TicketSystemError)) throw error;
  let closesGate = false;
  const isLone = await isAlone(step, error);
  const snapshot = await recordAndTake(step, async (tx, row) => {
    const gaveUp = failedForMs(row, step) >= GIVE_UP_MS;
    if (error.code === 'invalid' || (error.code === 'not-applied' && gaveUp))
      return recordBlocked(tx, row, step, error);
    if (error.code === 'not-applied') await showRefusal(tx, row.id, row.ticketId, error.message);
    closesGate = error.code === 'connection-refused-us' || (gaveUp && !isLone && DOUBTED.has(error.code));
    if (closesGate) {
      await tx.query(
        `update connection set gate = 'closed', reason = $2, gate_since = case when gate = 'closed' then gate_since else $3::timestamptz end where name = $1`,
        [step.deps.connection, error.message, step.now()],
      );
    }
    const longest = isLone ? LAST_LONE_RETRY_MS : LAST_RETRY_MS;
    const wait = error.retryAfterMs ?? Math.min(longest, FIRST_RETRY_MS * 2 ** Math.min(row.attempts, 10));
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

/** What speaks against the whole connection once it has lasted: no answer, or an answer that is none. */
const DOUBTED: ReadonlySet<TicketSystemError['code']> = new Set(['unavailable', 'outcome-unknown']);

/**
 * Whether one ticket fails for long on a connection that answers well otherwise: asked before the gate closes, which would
 * hold every other incident back for it.
 */
async function isAlone(step: Step, error: TicketSystemError): Promise<boolean> {
  if (!DOUBTED.has(error.code)) return false;
  const row = await readOwned(step);
  if (row.gate === 'closed' || failedForMs(row, step) < GIVE_UP_MS) return false;
  return answersWell(step.deps.tickets, Date.parse(step.now()));
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
