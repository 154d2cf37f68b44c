import { inTransaction, type Pool } from '../database/pool.ts';

/** Counts refusals, which never change, of every hour before `end` that is not counted yet, and adds up the days that are over. */
export function foldRefusals(pool: Pool, end: Date): Promise<void> {
  return inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ since: Date | null }>(
      `select date_trunc('hour', coalesce(
         (select max(at) + interval '1 hour' from statistic_fold where unit = 'hour' and family = 'refusal'),
         (select least(min(at), $1) from refusal)), 'UTC') as since`,
      [end],
    );
    const since = rows[0]?.since ?? end;
    if (since >= end) return;
    await tx.query(
      `insert into statistic (unit, at, endpoint_id, source, company, refused)
       select 'hour', date_trunc('hour', at, 'UTC'), endpoint_id, 'refusal', '', count(*) from refusal where at >= $1 and at < $2 group by 2, 3`,
      [since, end],
    );
    await tx.query(
      `insert into statistic_fold (unit, at, family, folded_at)
       select 'hour', at, 'refusal', clock_timestamp() from generate_series($1::timestamptz, $2::timestamptz - interval '1 hour', '1 hour') at`,
      [since, end],
    );
    await tx.query(
      `with over as (
         insert into statistic_fold (unit, at, family, folded_at)
         select 'day', at, 'refusal', clock_timestamp()
         from generate_series(date_trunc('day', $1::timestamptz, 'UTC'), $2::timestamptz - interval '1 day', '1 day') at
         returning at)
       insert into statistic (unit, at, endpoint_id, source, company, refused)
       select 'day', over.at, endpoint_id, 'refusal', '', sum(refused) from over
       join statistic s on s.unit = 'hour' and s.source = 'refusal' and s.at >= over.at and s.at < over.at + interval '1 day' group by 2, 3`,
      [since, end],
    );
  });
}
