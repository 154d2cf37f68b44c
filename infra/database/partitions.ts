import { setTimeout as pause } from 'node:timers/promises';
import { LOCKS, LOCK_SPACE } from './locks.ts';
import { DAILY_TABLES, dayOf, firstIdOf, type Day } from './partition-days.ts';
import { inTransaction, type Pool } from './pool.ts';

const TRIES = 15;
const LOCK_TIMEOUT = '2s';
/** A usual body stays beside its plan, neither compressed nor moved away. */
const STORAGE = { webhook: '', webhook_text: 'with (toast_tuple_target = 8160)', alert: '' } as const;

export const PARTITION_DAYS_AHEAD = 8;

/**
 * Makes the missing daily partitions from the day before `now` to `daysAhead` days after it. Any number of processes may
 * do so at once. Waits at most two seconds for a lock and tries again; throws when a lock cannot be had in half a minute.
 */
export async function ensurePartitions(pool: Pool, daysAhead: number, now: Date): Promise<Day[]> {
  const wanted = Array.from({ length: daysAhead + 2 }, (_, index) => dayOf(now, index - 1));
  const there = await attachedPartitions(pool);
  const missing = wanted.filter((day) => DAILY_TABLES.some((table) => !there.has(`${table}_${day}`)));
  for (const day of missing) await retried(() => makeDay(pool, day));
  return missing;
}

/** Whether a write failed because the day of its id has no partition yet. */
export function isNoPartition(error: unknown): boolean {
  const fault = error as { code?: unknown; routine?: unknown };
  return fault?.code === '23514' && fault.routine === 'ExecFindPartition';
}

async function attachedPartitions(pool: Pool): Promise<Set<string>> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = any($1::regclass[]) and not i.inhdetachpending`,
    [DAILY_TABLES],
  );
  return new Set(rows.map(({ name }) => name));
}

async function makeDay(pool: Pool, day: Day): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
    await tx.query('select pg_advisory_xact_lock($1, $2)', [LOCK_SPACE, LOCKS.partitions]);
    for (const table of DAILY_TABLES) {
      const name = `${table}_${day}`;
      const { rows } = await tx.query<{ found: string | null }>('select to_regclass($1)::text as found', [name]);
      if (rows[0]?.found) continue;
      await tx.query(
        `create table ${name} (like ${table} including defaults including constraints including storage) ${STORAGE[table]}`,
      );
      await tx.query(
        `alter table ${table} attach partition ${name} for values from ('${firstIdOf(day)}') to ('${firstIdOf(day, 1)}')`,
      );
    }
  });
}

/** Tries again while the lock is held by others; any other fault passes. */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: unknown }).code !== '55P03' || attempt === TRIES) throw error;
      await pause(50 + Math.random() * 150);
    }
  }
}
