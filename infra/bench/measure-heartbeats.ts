import { setTimeout as pause } from 'node:timers/promises';
import { untilQuiet, untilTrue, type BenchStack } from './bench-stack.ts';
import { measured, type Measured } from './measured.ts';
import { processorSeconds } from './process-cost.ts';
import type { MadeEndpoint } from './rest-client.ts';

const HEARTBEATS = 10_000;
const SPREAD_PER_SECOND = 15;
/** What Temporal's server takes in new workflows at least, with the work of looking once: the first fire after all sleep. */
const STARTS_PER_SECOND = 20;
/** After the last start Temporal goes on clearing up for a while. */
const SETTLE_SECONDS = 60;
const SLEEP_SECONDS = 30;
const TIMEOUT_MINUTES = 1_440;
const PARTS = ['worker', 'temporal', 'postgres', 'ingress'] as const;

/** Heartbeats that all fire: spread over time, and all at once; and what they cost while they sleep. `count` of each. */
export async function measureHeartbeats(
  stack: BenchStack,
  say: (line: string) => void,
  count = HEARTBEATS,
): Promise<Measured[]> {
  const bare = await processorShare(stack);
  const spread = await make(stack, 'spread', count, SPREAD_PER_SECOND, say);
  await pause(SETTLE_SECONDS * 1_000);
  const asleep = await processorShare(stack);
  say(`asleep: ${asleep.toFixed(3)} of one processor, ${bare.toFixed(3)} without them`);
  const before = processorTime(stack);
  const errors = await fired(stack, spread, count / SPREAD_PER_SECOND + 300);
  const each = ((processorTime(stack) - before) / count) * 1_000;
  say(`${count} fired, late p50 ${errors.p50.toFixed(2)} s, p99 ${errors.p99.toFixed(2)} s`);
  await untilQuiet(stack, 1_800_000);
  const atOnce = await make(stack, 'at once', count, null, say);
  const drained = await fired(stack, atOnce, count / 20 + 300);
  say(`${count} drained at ${(count / drained.longest).toFixed(1)}/s`);
  return [
    measured(
      `${count} heartbeats at ${SPREAD_PER_SECOND}/s, firing error p99`,
      errors.p99,
      's',
      { atMost: 2 },
      `p50 ${errors.p50.toFixed(2)} s, longest ${errors.longest.toFixed(2)} s`,
    ),
    measured(`${count} heartbeats all at once, drained`, count / drained.longest, '/s', { atLeast: 35 }),
    measured('processor time of a firing heartbeat, as far as its ticket is', each, 'ms'),
    measured(
      'processor share of sleeping heartbeats',
      asleep - bare,
      '',
      { atMost: 0.05 },
      `${asleep.toFixed(3)} of one processor, ${bare.toFixed(3)} without them`,
    ),
  ];
}

/** Endpoints whose first deadline lies ahead by the time that their workflows need to start, and then `perSecond` apart. */
async function make(
  { pool, rest }: BenchStack,
  name: string,
  count: number,
  perSecond: number | null,
  say: (line: string) => void,
): Promise<string> {
  const model = await rest.post<MadeEndpoint>('/endpoints', { name: `Bench heartbeats ${name}` });
  const lead = count / STARTS_PER_SECOND + SETTLE_SECONDS + SLEEP_SECONDS;
  const began = Date.now();
  await pool.query(
    `with made as (
       insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher)
       select gen_random_uuid(), e.name || ' ' || lpad(g::text, 5, '0'), jsonb_set(e.config, '{heartbeat}', $3::jsonb),
              0, sha256((e.id::text || g)::bytea), '', '' from endpoint e, generate_series(1, $2::int) g where e.id = $1
       returning id, name, config
     )
     insert into endpoint_version (endpoint_id, version, config, saved_by, saved_at)
     select id, 1, config, 'bench', clock_timestamp() + make_interval(secs => $4::float8 + right(name, 5)::int * $5::float8, mins => -$6::int) from made`,
    [
      model.id,
      count,
      JSON.stringify({ enabled: true, timeoutMinutes: TIMEOUT_MINUTES }),
      lead,
      perSecond === null ? 0 : 1 / perSecond,
      TIMEOUT_MINUTES,
    ],
  );
  const prefix = `Bench heartbeats ${name} `;
  await untilTrue(async () => (await countOf(pool, prefix, 'h.is_on')) === count, lead * 2_000);
  say(`${count} started at ${(count / ((Date.now() - began) / 1_000)).toFixed(1)}/s`);
  return prefix;
}

async function countOf(pool: BenchStack['pool'], prefix: string, condition: string): Promise<number> {
  const { rows } = await pool.query<{ found: number }>(
    `select count(*)::int as found from heartbeat h join endpoint e on e.id = h.endpoint_id where starts_with(e.name, $1) and ${condition}`,
    [prefix],
  );
  return rows[0]?.found ?? 0;
}

interface Lateness {
  p50: number;
  p99: number;
  longest: number;
}

/** How late each alert was written after the deadline that it names, in seconds. */
async function fired({ pool }: BenchStack, prefix: string, withinSeconds: number): Promise<Lateness> {
  const told = async () => (await countOf(pool, prefix, 'h.told_count > 0')) === (await countOf(pool, prefix, 'true'));
  await untilTrue(told, withinSeconds * 1_000 + 600_000);
  const { rows } = await pool.query<Lateness>(
    `select percentile_cont(0.5) within group (order by late) as p50, percentile_cont(0.99) within group (order by late) as p99, max(late) as longest
       from (select extract(epoch from i.created_at - a.received_at)::float8 as late from incident i join endpoint e on e.id = i.endpoint_id
               join alert a on a.incident_id = i.id where starts_with(e.name, $1)) fired`,
    [prefix],
  );
  const [row] = rows;
  if (!row) throw new Error('No heartbeat has fired.');
  return row;
}

/** The share of one processor that all parts use while nothing happens. */
async function processorShare(stack: BenchStack): Promise<number> {
  const before = processorTime(stack);
  await pause(SLEEP_SECONDS * 1_000);
  return (processorTime(stack) - before) / SLEEP_SECONDS;
}

function processorTime({ pidOf }: BenchStack): number {
  return PARTS.reduce((sum, part) => sum + processorSeconds(pidOf(part)), 0);
}
