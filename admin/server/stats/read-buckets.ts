import { companyLimit } from '../company-limit.ts';
import type { VerbContext } from '../verb.ts';
import type { StatsBucket } from './get.ts';

/** A bucket with what the sums need besides; `seconds` is the time from received to settled of all processed alerts. */
export interface CountedBucket extends StatsBucket {
  reopened: number;
  skipped: number;
  processed: number;
  seconds: number;
}

/** Webhooks and alerts from `firstId` on that the actor may see, counted from the rows themselves in one grouped query; empty buckets are left out. */
export async function readBuckets(
  context: VerbContext,
  firstId: string,
  unit: 'hour' | 'day',
): Promise<CountedBucket[]> {
  const values: unknown[] = [firstId];
  const given = (value: unknown) => `$${values.push(value)}`;
  const isLimited = context.actor.company !== null;
  const ofEndpoints = isLimited
    ? `endpoint_id in (select e.id from endpoint e where ${companyLimit(context, 'endpoint e', given)})`
    : 'true';
  const ofIncidents = isLimited
    ? `incident_id in (select i.id from incident i where ${companyLimit(context, 'incident i', given)})`
    : 'true';
  const found = await context.pool.query<Omit<CountedBucket, 'at'> & { at: Date }>(
    `select at, sum(accepted)::int as accepted, sum(created)::int as created, sum(updated)::int as updated, sum(closed)::int as closed,
       sum(reopened)::int as reopened, sum(failed)::int as failed, sum(held)::int as held, sum(skipped)::int as skipped,
       sum(processed)::int as processed, sum(seconds)::float8 as seconds
     from (
       select date_trunc('${unit}', received_at, 'UTC') as at, count(*) as accepted, 0 as created, 0 as updated, 0 as closed,
         0 as reopened, 0 as failed, 0 as held, 0 as skipped, 0 as processed, 0 as seconds
       from webhook where id >= $1 and origin <> 'replay' and ${ofEndpoints} group by 1
       union all
       select date_trunc('${unit}', received_at, 'UTC'), 0, count(*) filter (where action = 'create'), count(*) filter (where action = 'update'),
         count(*) filter (where action = 'close'), count(*) filter (where action = 'reopen'), count(*) filter (where state = 'failed'),
         count(*) filter (where state = 'held'), count(*) filter (where state = 'skipped'), count(*) filter (where state = 'processed'),
         coalesce(sum(extract(epoch from settled_at - received_at)) filter (where state = 'processed'), 0)
       from alert where webhook_id >= $1 and ${ofIncidents} group by 1
     ) counted group by at`,
    values,
  );
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
