import { firstIdAt } from '../../../infra/history/first-id.ts';
import { COUNTED_ALERTS, COUNTS } from '../../../infra/statistics/fold-hour.ts';
import type { RawSpan, Reading } from '../../../infra/statistics/plan-reading.ts';
import { companyLimit } from '../company-limit.ts';
import type { VerbContext } from '../verb.ts';
import type { StatsBucket } from './get.ts';
import { readReadings } from './read-readings.ts';
import { within } from './within.ts';

/** A bucket with what the sums need besides; `seconds` is the time from received to settled of all processed alerts. */
export interface CountedBucket extends StatsBucket {
  reopened: number;
  skipped: number;
  processed: number;
  refused: number;
  seconds: number;
}

type Unit = 'hour' | 'day';
type Given = (value: unknown) => string;

/**
 * What the actor may see of the counts from `from` (the begin of a UTC day) on, in hours or days; empty buckets are left out.
 * Whatever is folded is read so, which outlives the rows; the rest is counted from the rows themselves.
 */
export async function readBuckets(context: VerbContext, from: Date, unit: Unit): Promise<CountedBucket[]> {
  const { webhooks, refusals } = await readReadings(context.pool, from, unit);
  const values: unknown[] = [];
  const given: Given = (value) => `$${values.push(value)}`;
  const parts = [
    folded(context, webhooks, unit, `<> 'refusal'`, given),
    folded(context, refusals, unit, `= 'refusal'`, given),
    ...rawParts(context, webhooks.raw, refusals.raw, (column) => begin(unit, column, given(from)), given),
  ];
  const found = await context.pool.query<Omit<CountedBucket, 'at'> & { at: Date }>(
    `select at, ${COUNTS.map((name) => `sum(${name})::${name === 'seconds' ? 'float8' : 'bigint'} as ${name}`).join(', ')}
     from (${parts.join(' union all ')}) counted group by at`,
    values,
  );
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

function folded(context: VerbContext, reading: Reading, unit: Unit, source: string, given: Given): string {
  const ofIncidents = `exists (select from (select nullif(s.company, '') as company) i where ${companyLimit(context, 'incident i', given)})`;
  const limit =
    context.actor.company === null
      ? 'true'
      : `case s.source when 'alert' then ${ofIncidents} when 'stray' then false else ${ofEndpoints(context, 's', given)} end`;
  const counted = (of: Unit, times: readonly Date[]) =>
    `select date_trunc('${unit}', s.at, 'UTC') as at, ${COUNTS.map((name) => `s.${name}`).join(', ')} from statistic s
     where s.unit = '${of}' and s.at = any(${given(times)}::timestamptz[]) and s.source ${source} and ${limit}`;
  return `${counted('day', reading.days)} union all ${counted('hour', reading.hours)}`;
}

function rawParts(
  context: VerbContext,
  webhooks: readonly RawSpan[],
  refusals: readonly RawSpan[],
  at: (column: string) => string,
  given: Given,
): string[] {
  const endpoints = (alias: string) => (context.actor.company === null ? 'true' : ofEndpoints(context, alias, given));
  const incidents =
    context.actor.company === null
      ? 'true'
      : `a.incident_id in (select i.id from incident i where ${companyLimit(context, 'incident i', given)})`;
  return [
    `select ${at('w.received_at')}, ${columns({ accepted: `count(*) filter (where w.origin <> 'replay')`, failed: `count(*) filter (where w.state = 'failed')` })}
     from webhook w where ${within(webhooks, 'w.id', firstIdAt, given)} and ${endpoints('w')} group by 1`,
    `select a.at, ${columns(Object.fromEntries(COUNTS.filter((name) => name !== 'accepted' && name !== 'refused').map((name) => [name, `a.${name}`])))} from (
       select ${at('a.received_at')} as at, ${COUNTED_ALERTS} from alert a
       where ${within(webhooks, 'a.webhook_id', firstIdAt, given)} and ${incidents} group by 1) a`,
    `select ${at('r.at')}, ${columns({ refused: 'count(*)' })} from refusal r
     where ${within(refusals, 'r.at', (time) => time, given)} and ${endpoints('r')} group by 1`,
  ];
}

/** The bucket of a time; a clock that was behind does not put it before the first. */
function begin(unit: Unit, column: string, first: string): string {
  return `greatest(date_trunc('${unit}', ${column}, 'UTC'), ${first}::timestamptz)`;
}

function ofEndpoints(context: VerbContext, alias: string, given: Given): string {
  return `${alias}.endpoint_id in (select e.id from endpoint e where ${companyLimit(context, 'endpoint e', given)})`;
}

/** The counts in their order, those not named as 0. */
function columns(counted: Partial<Record<string, string>>): string {
  return COUNTS.map((name) => counted[name] ?? '0').join(', ');
}
