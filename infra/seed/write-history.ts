import { randomBytes } from 'node:crypto';
import type { Cipher } from '../crypto/cipher.ts';
import { sealRaw } from '../crypto/webhook-raw.ts';
import type { Queryable } from '../database/pool.ts';
import { shardOf } from '../database/shard.ts';
import type { Sample } from './samples.ts';
import { DAY_MS, type SeedRun } from './size.ts';
import type { SeedIncident } from './write-incidents.ts';

const SLICE = 5_000;
const WAYS = 7;
/** Of a thousand webhooks so many were no JSON, and so many were refused by the ticket system. */
const [UNREADABLE, REFUSED] = [2, 8];
const NO_JSON = Buffer.from('status=down&host=web-01');

/** Who sent, what and when, each with sealed bytes of its own. */
export async function writeHistory(
  db: Queryable,
  cipher: Cipher,
  run: SeedRun,
  made: { endpoints: readonly string[]; incidents: readonly SeedIncident[][]; samples: readonly Sample[] },
): Promise<void> {
  const { size, now, say } = run;
  await keepSamples(db, made.samples);
  const begin = now.getTime() - (size.days - 1) * DAY_MS - (now.getTime() % DAY_MS);
  const step = (now.getTime() - begin) / size.webhooks;
  const began = Date.now();
  for (let from = 0; from < size.webhooks; from += SLICE) {
    const count = Math.min(SLICE, size.webhooks - from);
    const rows = Array.from({ length: count }, (_, at) => rowOf(cipher, made, begin, step, from + at));
    await db.query(STATEMENT, columnsOf(rows));
    if ((from / SLICE) % 20 === 19 || from + count === size.webhooks)
      say(`${from + count} of ${size.webhooks} webhooks, ${Math.round((Date.now() - began) / 1000)} s.`);
  }
}

function rowOf(
  cipher: Cipher,
  { endpoints, incidents, samples }: Parameters<typeof writeHistory>[3],
  begin: number,
  step: number,
  n: number,
) {
  const luck = mixed(n);
  // Some endpoints are far busier than others.
  const place = Math.floor(((luck % 10_007) / 10_007) ** 2 * endpoints.length);
  const endpointId = endpoints[place] ?? '';
  const monitors = incidents[place] ?? [];
  const monitor = (luck >>> 7) % monitors.length;
  const sample = monitor * WAYS + ((luck >>> 13) % WAYS);
  const at = Math.floor(begin + n * step);
  const id = idAt(at);
  const fate = (luck >>> 3) % 1000;
  const body = fate < UNREADABLE ? NO_JSON : Buffer.from(samples[sample]?.body ?? '');
  return {
    id,
    endpointId,
    shard: shardOf(endpointId),
    at: new Date(at),
    source: `192.0.2.${(place % 200) + 1}`,
    raw: sealRaw(cipher, { id, endpointId }, body),
    fate: fate < UNREADABLE ? 'unreadable' : fate < UNREADABLE + REFUSED ? 'refused' : 'fine',
    sample,
    incident: monitors[monitor]?.id ?? null,
    ticket: monitors[monitor]?.ticket ?? null,
  };
}

function columnsOf(rows: readonly ReturnType<typeof rowOf>[]): unknown[] {
  const column = (name: keyof ReturnType<typeof rowOf>) => rows.map((row) => row[name]);
  return (['id', 'endpointId', 'shard', 'at', 'source', 'raw', 'fate', 'sample', 'incident', 'ticket'] as const).map(
    column,
  );
}

async function keepSamples(db: Queryable, samples: readonly Sample[]): Promise<void> {
  await db.query(
    'create temp table seed_sample (k int primary key, kind text, is_skipped boolean, message text, search text, body text, plan jsonb)',
  );
  await db.query(
    'insert into seed_sample select * from unnest($1::int[], $2::text[], $3::boolean[], $4::text[], $5::text[], $6::text[], $7::jsonb[])',
    [
      samples.map((_, at) => at),
      samples.map(({ alert }) => alert.kind),
      samples.map(({ alert }) => alert.disposition === 'skip'),
      samples.map(({ alert }) => alert.message),
      samples.map(({ search }) => search),
      samples.map(({ body }) => body),
      samples.map(({ plan }) => plan),
    ],
  );
}

/** A number without a pattern for each place. */
function mixed(n: number): number {
  let x = Math.imul(n ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}

function idAt(at: number): string {
  const hex = at.toString(16).padStart(12, '0');
  const random = randomBytes(10).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

const STATEMENT = `with given as materialized (
    select *, nextval('webhook_seq') as seq
      from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::timestamptz[], $5::text[], $6::bytea[], $7::text[], $8::int[], $9::uuid[], $10::text[])
      v (id, endpoint_id, shard, at, source, raw, fate, k, incident, ticket)),
  webhooks as (
    insert into webhook (id, seq, endpoint_id, shard, received_at, source_ip, headers, raw, state, failure)
    select id, seq, endpoint_id, shard, at, source, '{"content-type":"application/json","user-agent":"Uptime-Kuma/2.0"}', raw,
           case when fate = 'unreadable' then 'failed' else 'planned' end,
           case when fate = 'unreadable' then 'The body is not JSON: unexpected character at 1.' end from given),
  texts as (
    insert into webhook_text (id, body, search, plan, planned_at)
    select id, body, search, plan, at + interval '40 milliseconds' from given join seed_sample using (k) where fate <> 'unreadable')
  insert into alert (webhook_id, n, seq, endpoint_id, incident_id, kind, state, settled, batch, action, ticket, error, message, received_at, settled_at)
  select id, 0, seq, endpoint_id, case when is_skipped then null else incident end, kind,
         case when is_skipped then 'skipped' when fate = 'refused' then 'failed' else 'processed' end, true, 1,
         case when is_skipped or fate = 'refused' then 'none' when kind = 'close' then 'close' when k % 3 = 0 then 'create' else 'update' end,
         case when is_skipped or fate = 'refused' then null else ticket end,
         case when fate = 'refused' and not is_skipped then 'ConnectWise answered 400: Board Service has no status New (case ' || seq % 9973 || ')' end,
         message, at, at + interval '1.2 seconds'
    from given join seed_sample using (k) where fate <> 'unreadable'`;
