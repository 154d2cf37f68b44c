import type pg from 'pg';
import { foldDay } from '../statistics/fold-hour.ts';
import { DAILY_TABLES, dayOf, startOfDay, type DailyTable, type Day } from './partition-days.ts';
import { retried } from './partitions.ts';
import type { Pool } from './pool.ts';

export interface DroppedPartitions {
  dropped: Day[];
  /** Days past their time that stay, and why. */
  kept: { day: Day; reason: string }[];
}

type Found = { table: DailyTable; name: string; state: 'attached' | 'detaching' | 'detached' };

/**
 * Drops the days that ended more than `olderThanDays` days before `now`, all three tables of a day together, but never a
 * day with an unsettled alert or an unplanned webhook. What the statistics count of it is counted before. Writers are never blocked for longer than the two-second lock wait.
 */
export async function dropPartitions(pool: Pool, olderThanDays: number, now: Date): Promise<DroppedPartitions> {
  const firstKept = dayOf(now, -olderThanDays);
  const days = await foundDays(pool);
  const result: DroppedPartitions = { dropped: [], kept: [] };
  for (const [day, found] of [...days].sort(([a], [b]) => a.localeCompare(b))) {
    if (day >= firstKept) continue;
    const reason = await reasonToKeep(pool, found);
    if (reason) {
      result.kept.push({ day, reason });
      continue;
    }
    if (found.every(({ state }) => state === 'attached')) await foldDay(pool, startOfDay(day));
    await onOneConnection(pool, async (client) => {
      for (const partition of found) await retried(() => detach(client, partition));
      await retried(() => client.query(`drop table if exists ${found.map(({ name }) => name).join(', ')}`));
    });
    result.dropped.push(day);
  }
  return result;
}

async function foundDays(pool: Pool): Promise<Map<Day, Found[]>> {
  const { rows } = await pool.query<{ name: string; state: Found['state'] }>(
    `select c.relname as name,
            case when i.inhrelid is null then 'detached' when i.inhdetachpending then 'detaching' else 'attached' end as state
       from pg_class c left join pg_inherits i on i.inhrelid = c.oid
      where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname ~ $1
      order by c.relname`,
    [`^(${DAILY_TABLES.join('|')})_[0-9]{8}$`],
  );
  const days = new Map<Day, Found[]>();
  for (const { name, state } of rows) {
    const day = name.slice(-8);
    const table = DAILY_TABLES.find((one) => name === `${one}_${day}`);
    if (table) days.set(day, [...(days.get(day) ?? []), { table, name, state }]);
  }
  return days;
}

async function reasonToKeep(pool: Pool, found: readonly Found[]): Promise<string | null> {
  const conditions = { webhook: `state = 'received'`, alert: 'not settled', webhook_text: null };
  const words = { webhook: 'a webhook is not planned yet', alert: 'an alert is not settled yet', webhook_text: '' };
  for (const { table, name } of found) {
    const condition = conditions[table];
    if (condition === null) continue;
    const { rows } = await pool.query<{ busy: boolean }>(
      `select exists (select from ${name} where ${condition}) as busy`,
    );
    if (rows[0]?.busy) return words[table];
  }
  return null;
}

async function detach(client: pg.PoolClient, { table, name, state }: Found): Promise<void> {
  if (state === 'detached') return;
  const { rows } = await client.query<{ pending: boolean }>(
    'select inhdetachpending as pending from pg_inherits where inhrelid = to_regclass($1)',
    [name],
  );
  const left = rows[0];
  if (!left) return;
  await client.query(`alter table ${table} detach partition ${name} ${left.pending ? 'finalize' : 'concurrently'}`);
}

async function onOneConnection(pool: Pool, work: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  let broken = true;
  try {
    await client.query(`set lock_timeout = '2s'`);
    await work(client);
    await client.query('reset lock_timeout');
    broken = false;
  } finally {
    client.release(broken);
  }
}
