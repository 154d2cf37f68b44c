import { firstIdAt } from '../history/first-id.ts';
import { inTransaction, type Pool, type Queryable } from '../database/pool.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The columns that are added up. */
export const COUNTS = [
  'accepted',
  'created',
  'updated',
  'closed',
  'reopened',
  'failed',
  'held',
  'skipped',
  'processed',
  'refused',
  'seconds',
] as const;

/** What is counted of alerts `a`, in the order of the columns from `created` to `processed`, and `seconds`. */
export const COUNTED_ALERTS = `count(*) filter (where a.action = 'create') as created, count(*) filter (where a.action = 'update') as updated,
  count(*) filter (where a.action = 'close') as closed, count(*) filter (where a.action = 'reopen') as reopened,
  count(*) filter (where a.state = 'failed') as failed, count(*) filter (where a.state = 'held') as held,
  count(*) filter (where a.state = 'skipped') as skipped, count(*) filter (where a.state = 'processed') as processed,
  coalesce(sum(extract(epoch from a.settled_at - a.received_at)) filter (where a.state = 'processed'), 0)::float8 as seconds`;

/**
 * Counts the webhooks whose ids are of this hour, and their alerts, anew from the rows. Twice is as good as once. `isSettled`: it
 * need not be done again.
 */
export function foldHour(pool: Pool, hour: Date, isSettled: boolean): Promise<void> {
  const range = [firstIdAt(hour), firstIdAt(new Date(hour.getTime() + HOUR_MS))];
  return inTransaction(pool, async (tx) => {
    await tx.query(`delete from statistic where unit = 'hour' and at = $1 and source <> 'refusal'`, [hour]);
    await tx.query(
      `insert into statistic (unit, at, endpoint_id, source, company, accepted, failed)
       select 'hour', $1::timestamptz, w.endpoint_id, 'webhook', '', count(*) filter (where w.origin <> 'replay'), count(*) filter (where w.state = 'failed')
       from webhook w where w.id >= $2 and w.id < $3 group by w.endpoint_id`,
      [hour, ...range],
    );
    await tx.query(
      `insert into statistic (unit, at, endpoint_id, source, company, created, updated, closed, reopened, failed, held, skipped, processed, seconds)
       select 'hour', $1::timestamptz, a.endpoint_id, case when a.incident_id is null then 'stray' else 'alert' end, coalesce(i.company, ''), ${COUNTED_ALERTS}
       from alert a left join incident i on i.id = a.incident_id where a.webhook_id >= $2 and a.webhook_id < $3 group by 3, 4, 5`,
      [hour, ...range],
    );
    await mark(tx, 'hour', hour, isSettled);
  });
}

/** Adds the 24 hours of a day up to the day. They must be folded. */
export function foldDayOfHours(pool: Pool, day: Date, isSettled: boolean): Promise<void> {
  return inTransaction(pool, async (tx) => {
    await tx.query(`delete from statistic where unit = 'day' and at = $1 and source <> 'refusal'`, [day]);
    await tx.query(
      `insert into statistic (unit, at, endpoint_id, source, company, ${COUNTS.join(', ')})
       select 'day', $1::timestamptz, endpoint_id, source, company, ${COUNTS.map((name) => `sum(${name})`).join(', ')}
       from statistic where unit = 'hour' and at >= $1 and at < $2 and source <> 'refusal' group by 3, 4, 5`,
      [day, new Date(day.getTime() + DAY_MS)],
    );
    await mark(tx, 'day', day, isSettled);
  });
}

/** Counts a whole day, all of which is settled, anew from its rows, hour by hour. */
export async function foldDay(pool: Pool, day: Date): Promise<void> {
  for (let hour = 0; hour < 24; hour += 1) await foldHour(pool, new Date(day.getTime() + hour * HOUR_MS), true);
  await foldDayOfHours(pool, day, true);
}

async function mark(tx: Queryable, unit: 'hour' | 'day', at: Date, isSettled: boolean): Promise<void> {
  await tx.query(
    `insert into statistic_fold (unit, at, family, is_settled, folded_at) values ($1, $2, 'webhook', $3, clock_timestamp())
     on conflict (unit, at, family) do update set is_settled = excluded.is_settled, folded_at = excluded.folded_at`,
    [unit, at, isSettled],
  );
}
