import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from '../../infra/database/pool.ts';
import type { HeartbeatLookInput } from '../../workflows/contracts/heartbeat.ts';
import type { HeartbeatRow } from './heartbeat-row.ts';
import { readLastSeen } from './read-facts.ts';

type KeptRow = Pick<HeartbeatRow, 'version' | 'since' | 'lastSeenAt'> & { dueAt: Date; restMs: number };

/** When a workflow is to wake for a look that is due at `dueMs`, asked at `nowMs`. */
export function wakeFor(dueMs: number, nowMs: number, leadMs: number): number {
  return dueMs - nowMs > leadMs ? dueMs - leadMs : dueMs;
}

/**
 * Waits for the deadline of a heartbeat that was woken less than `leadMs` before it, on Postgres's clock; not for one that has
 * sent something meanwhile. Answers the instant to look at: the deadline, or the workflow's own time.
 */
export async function awaitDeadline(pool: Pool, input: HeartbeatLookInput, leadMs: number): Promise<string> {
  if (leadMs === 0) return input.now;
  const { rows } = await pool.query<KeptRow>(
    `select version, since, last_seen_at as "lastSeenAt", wakes_at as "dueAt",
            (extract(epoch from wakes_at - clock_timestamp()) * 1000)::float8 as "restMs"
       from heartbeat where endpoint_id = $1 and is_on and phase in ('waiting', 'overdue')
        and wakes_at > $2 and wakes_at <= $2::timestamptz + $3::float8 * interval '1 ms'`,
    [input.endpointId, input.now, leadMs],
  );
  const [kept] = rows;
  if (kept === undefined) return input.now;
  const seen = await readLastSeen(pool, input.endpointId, kept);
  if (seen !== null && seen.at.getTime() > (kept.lastSeenAt?.getTime() ?? 0)) return input.now;
  if (kept.restMs > 0) await pause(Math.min(kept.restMs, leadMs));
  return kept.dueAt.toISOString();
}
