import type { Pool } from '../../infra/database/pool.ts';

/** No leased call may be made later than this from now; who comes then asks again. */
const HORIZON_MS = 500;

const LEASE = `
  update connection
  set budget_at = greatest(budget_at, clock_timestamp()) + $2 * interval '1 microsecond'
  from (select set_config('synchronous_commit', 'off', true) as off) setting
  where name = $1 and setting.off is not null and budget_at <= clock_timestamp() + $3 * interval '1 millisecond'
  returning (extract(epoch from budget_at - clock_timestamp()) * 1000)::float8 as ahead`;

const AHEAD = `select (extract(epoch from budget_at - clock_timestamp()) * 1000)::float8 as ahead from connection where name = $1`;

export interface Lease {
  /** When each leased call may be made, on the clock of `performance.now()`; empty when none was to be had. */
  at: number[];
  /** Then: how long to wait before asking again. */
  waitMs: number;
}

/**
 * Leases up to `calls` calls in one statement. `budget_at` is the time to which calls are given away; those who come to an
 * idle row may go ahead of it by `burst` calls. Losing the row's last change in a crash costs a moment of the cap only, so
 * it is not waited for. Throws what Postgres throws.
 */
export async function leaseCalls(
  pool: Pool,
  wanted: { connection: string; callsPerSecond: number; burst: number; calls: number },
): Promise<Lease> {
  const spacingMs = 1000 / wanted.callsPerSecond;
  const latestMs = HORIZON_MS + (wanted.burst - 1) * spacingMs;
  const values = [wanted.connection, Math.round(wanted.calls * spacingMs * 1000), latestMs];
  const ahead = aheadOf(await pool.query({ name: 'lease-calls', text: LEASE, values }));
  const now = performance.now();
  if (ahead !== null) {
    const first = now + ahead - (wanted.calls + wanted.burst - 1) * spacingMs;
    return {
      at: Array.from({ length: wanted.calls }, (_, index) => Math.max(now, first + index * spacingMs)),
      waitMs: 0,
    };
  }
  const given = aheadOf(await pool.query(AHEAD, [wanted.connection]));
  if (given === null) throw new Error(`The connection ${wanted.connection} is not registered.`);
  return { at: [], waitMs: given - latestMs };
}

/** Calls count as given away until `ms` from now at least. */
export async function pauseCalls(pool: Pool, connection: string, ms: number): Promise<void> {
  await pool.query(
    `update connection set budget_at = greatest(budget_at, clock_timestamp() + $2 * interval '1 millisecond') where name = $1`,
    [connection, Math.round(ms)],
  );
}

function aheadOf({ rows }: { rows: unknown[] }): number | null {
  return (rows[0] as { ahead: number } | undefined)?.ahead ?? null;
}
