import { randomBytes } from 'node:crypto';
import type { Cipher } from '../crypto/cipher.ts';
import { sealRaw } from '../crypto/webhook-raw.ts';
import type { Queryable } from '../database/pool.ts';
import { shardOf } from '../database/shard.ts';
import { isHeldNow } from './endpoint-config.ts';
import type { Sample } from './samples.ts';
import { DAY_MS, type SeedRun } from './size.ts';
import { REFUSAL, type SeedIncident } from './write-incidents.ts';

const SLICE = 5_000;
const WAYS = 7;
/** Of a thousand webhooks so many were no JSON, and so many were refused by the ticket system. */
const [UNREADABLE, REFUSED] = [2, 8];
/** The windows that hold now have held for so long. */
const HELD_MS = 21_600_000;
const NO_JSON = Buffer.from('status=down&host=web-01');

interface Made {
  endpoints: readonly string[];
  incidents: readonly SeedIncident[][];
  samples: readonly Sample[];
  held: readonly Sample[];
}

/** Who sent, what and when, each with sealed bytes of its own. `held` are the samples again, as an endpoint plans them in a window. */
export async function writeHistory(db: Queryable, cipher: Cipher, run: SeedRun, made: Made): Promise<void> {
  const { size, now, say } = run;
  await keepSamples(db, [...made.samples, ...made.held]);
  const begin = now.getTime() - (size.days - 1) * DAY_MS - (now.getTime() % DAY_MS);
  const step = (now.getTime() - begin) / size.webhooks;
  const began = Date.now();
  for (let from = 0; from < size.webhooks; from += SLICE) {
    const count = Math.min(SLICE, size.webhooks - from);
    const rows = Array.from({ length: count }, (_, at) =>
      rowOf(cipher, made, { begin, step, n: from + at, now: now.getTime() }),
    );
    await db.query(STATEMENT, columnsOf(rows));
    if ((from / SLICE) % 20 === 19 || from + count === size.webhooks)
      say(`${from + count} of ${size.webhooks} webhooks, ${Math.round((Date.now() - began) / 1000)} s.`);
  }
}

function rowOf(
  cipher: Cipher,
  { endpoints, incidents, samples }: Made,
  { begin, step, n, now }: { begin: number; step: number; n: number; now: number },
) {
  const luck = mixed(n);
  // Some endpoints are far busier than others.
  const place = Math.floor(((luck % 10_007) / 10_007) ** 2 * endpoints.length);
  const endpointId = endpoints[place] ?? '';
  const monitors = incidents[place] ?? [];
  const monitor = (luck >>> 7) % monitors.length;
  const at = Math.floor(begin + n * step);
  const isHeld = isHeldNow(place) && at > now - HELD_MS;
  const sample = monitor * WAYS + ((luck >>> 13) % WAYS);
  const id = idAt(at);
  const fate = (luck >>> 3) % 1000;
  const incident = monitors[monitor];
  const body = fate < UNREADABLE ? NO_JSON : Buffer.from(samples[sample]?.body ?? '');
  return {
    id,
    endpointId,
    shard: shardOf(endpointId),
    at: new Date(at),
    source: `192.0.2.${(place % 200) + 1}`,
    raw: sealRaw(cipher, { id, endpointId }, body),
    fate: fateOf(fate, incident),
    sample: isHeld ? samples.length + sample : sample,
    incident: incident?.id ?? null,
    ticket: incident?.ticket ?? null,
  };
}

function fateOf(fate: number, incident: SeedIncident | undefined): 'unreadable' | 'blocked' | 'refused' | 'fine' {
  if (fate < UNREADABLE) return 'unreadable';
  if (incident?.ticket === null) return 'blocked';
  return fate < UNREADABLE + REFUSED ? 'refused' : 'fine';
}

function columnsOf(rows: readonly ReturnType<typeof rowOf>[]): unknown[] {
  const column = (name: keyof ReturnType<typeof rowOf>) => rows.map((row) => row[name]);
  return (['id', 'endpointId', 'shard', 'at', 'source', 'raw', 'fate', 'sample', 'incident', 'ticket'] as const).map(
    column,
  );
}

async function keepSamples(db: Queryable, samples: readonly Sample[]): Promise<void> {
  await db.query(
    'create temp table seed_sample (k int primary key, kind text, disposition text, message text, search text, body text, plan jsonb)',
  );
  await db.query(
    'insert into seed_sample select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[])',
    [
      samples.map((_, at) => at),
      samples.map(({ alert }) => alert.kind),
      samples.map(({ alert }) => alert.disposition),
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
  select id, 0, seq, endpoint_id, case when what <> 'skipped' then incident end, kind,
         case when what in ('refused', 'blocked') then 'failed' when what = 'quiet' then 'processed' else what end,
         what not in ('held', 'blocked'), case when what <> 'held' then 1 end,
         case when what <> 'processed' then 'none' when kind = 'close' then 'close' when k % 3 = 0 then 'create' else 'update' end,
         case when what = 'processed' then ticket end,
         case when what in ('refused', 'blocked') then '${REFUSAL} (case ' || seq % 9973 || ')' end,
         message, at, case when what not in ('held', 'blocked') then at + interval '1.2 seconds' end
    from (select *, case when disposition = 'skip' then 'skipped' when disposition = 'hold' then 'held' when fate = 'blocked' and kind = 'close' then 'quiet'
                         when fate in ('refused', 'blocked') then fate else 'processed' end as what
            from given join seed_sample using (k) where fate <> 'unreadable') told`;
