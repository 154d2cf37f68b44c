import { SHARDS } from '../database/shard.ts';
import { untilQuiet, untilTrue, type BenchStack } from './bench-stack.ts';
import { runLoad } from './http-load.ts';
import { loadTarget, wholeKumaBody } from './kuma-webhook.ts';
import { measured, type Measured } from './measured.ts';
import type { MadeEndpoint } from './rest-client.ts';
import type { SimulatedTicket, SimulatorProcess } from './simulator-process.ts';

const SUSTAINED = { perSecond: 1_000, seconds: 60, incidents: 200 };
/** What `npm start` lets a ticket system be called by default. */
const CALLS_PER_SECOND = 15;
const STORM = { webhooks: 10_000, incidents: 20, noteIntervalSeconds: 5 };

/** 1,000 a second for a minute on 200 incidents, everything at work. */
export async function measureSustained(stack: BenchStack, simulator: SimulatorProcess): Promise<Measured[]> {
  const { perSecond, seconds, incidents } = SUSTAINED;
  const endpoint = await stack.rest.post<MadeEndpoint>('/endpoints', { name: 'Bench sustained' });
  const callsBefore = (await simulator.counts()).requests;
  const lag = watchLag(stack);
  const result = await runLoad({
    ...loadTarget(stack.ingressOrigin, endpoint),
    connections: 100,
    total: perSecond * seconds,
    seconds: seconds * 1.5,
    perSecond,
    body: (n) => wholeKumaBody(`sustained ${String(n % incidents).padStart(3, '0')} host`, `timeout number ${n}`),
  });
  const settledMs = await untilQuiet(stack, 300_000);
  const calls = (await simulator.counts()).requests - callsBefore;
  const longestLag = await lag.stop();
  const tickets = (await simulator.record()).tickets.filter(({ summary }) => summary.includes('sustained '));
  return [
    measured(
      `sustained ${seconds} s: accepted`,
      result.acceptedPerSecond,
      '/s',
      { atLeast: perSecond * 0.98 },
      `p50 ${result.p50.toFixed(1)} ms, p99 ${result.p99.toFixed(1)} ms, ${JSON.stringify(result.statuses)}`,
    ),
    measured('sustained: longest dispatch lag', longestLag, 's', { atMost: 2 }),
    measured(
      'sustained: all settled after the last send',
      settledMs / 1_000,
      's',
      undefined,
      `${calls} calls to the ticket system, which take ${(calls / CALLS_PER_SECOND).toFixed(0)} s at ${CALLS_PER_SECOND} a second`,
    ),
    measured('sustained: tickets', tickets.length, '', { exactly: incidents }, `${incidents} incidents`),
  ];
}

/** 10,000 webhooks on 20 incidents as fast as they are taken. */
export async function measureStorm(stack: BenchStack, simulator: SimulatorProcess): Promise<Measured[]> {
  const { webhooks, incidents, noteIntervalSeconds } = STORM;
  const endpoint = await stack.rest.post<MadeEndpoint>('/endpoints', {
    name: 'Bench storm',
    ticketing: { noteIntervalSeconds },
  });
  const began = Date.now();
  const result = await runLoad({
    ...loadTarget(stack.ingressOrigin, endpoint),
    connections: 100,
    total: webhooks,
    seconds: 120,
    perSecond: null,
    body: (n) => wholeKumaBody(`storm ${String(n % incidents).padStart(2, '0')} host`, `timeout number ${n}`),
  });
  await untilQuiet(stack, 300_000);
  const settledSeconds = (Date.now() - began) / 1_000;
  const own = async () => (await simulator.record()).tickets.filter(({ summary }) => summary.includes('storm '));
  const told = (tickets: readonly SimulatedTicket[]) =>
    tickets
      .flatMap(({ notes }) => notes)
      .reduce((sum, { text }) => sum + Number(/(\d+) more alerts in \d+ s/.exec(text)?.[1] ?? 1), 0);
  await untilTrue(async () => told(await own()) >= webhooks, (noteIntervalSeconds + 30) * 1_000).catch(() => 0);
  const tickets = await own();
  return [
    measured(
      `storm of ${webhooks} on ${incidents} incidents: accepted`,
      result.acceptedPerSecond,
      '/s',
      undefined,
      JSON.stringify(result.statuses),
    ),
    measured('storm: settled after the first send', settledSeconds, 's', { atMost: 15 }),
    measured(
      'storm: tickets',
      tickets.length,
      '',
      { exactly: incidents },
      `${tickets.flatMap(({ notes }) => notes).length} notes`,
    ),
    measured('storm: alerts told on the tickets', told(tickets), '', { exactly: result.accepted }),
  ];
}

/** Age of the oldest webhook that is not planned, looked at four times a second by an index of few rows: looking is no load. */
function watchLag({ pool }: BenchStack): { stop(): Promise<number> } {
  let isOver = false;
  let longest = 0;
  const watching = (async () => {
    while (!isOver) {
      const { rows } = await pool.query<{ lag: number | null }>(
        `select extract(epoch from clock_timestamp() - min(oldest.received_at))::float8 as lag from generate_series(0, $1::int - 1) shard,
           lateral (select received_at from webhook w where w.shard = shard and w.state = 'received' order by seq limit 1) oldest`,
        [SHARDS],
      );
      longest = Math.max(longest, rows[0]?.lag ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await watching;
      return longest;
    },
  };
}
