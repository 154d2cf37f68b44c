import { Client, Connection } from '@temporalio/client';
import { CHECKOUT } from '../stack/checkout.ts';
import { CHILDREN } from '../stack/child-part.ts';
import { spawnGroup } from '../stack/process-group.ts';
import { untilQuiet, untilTrue, type BenchStack } from './bench-stack.ts';
import { percentile, runLoad } from './http-load.ts';
import { loadTarget, sendDown, wholeKumaBody } from './kuma-webhook.ts';
import { measured, median, type Measured } from './measured.ts';
import type { MadeEndpoint } from './rest-client.ts';
import type { SimulatorProcess } from './simulator-process.ts';
import { ticketWaits } from './ticket-waits.ts';

const IDLE_ALERTS = 40;
const NEW_INCIDENTS = 500;
const ROUNDS = 3;
/** As many calls to Temporal at once as the dispatcher makes. */
const STARTS_AT_ONCE = 8;
const CALL_MS = 20;
const SHIPPED = CHILDREN.find(({ name }) => name === 'worker');

/** From the send of a first alert until the ticket is in the ticket system, one at a time, each call there taking 100 ms. */
export async function measureIdle(stack: BenchStack, simulator: SimulatorProcess): Promise<Measured[]> {
  const endpoint = await stack.rest.post<MadeEndpoint>('/endpoints', { name: 'Bench idle' });
  await simulator.control('faults', { modes: { latencyMs: 100 } });
  const waits: number[] = [];
  for (let n = 0; n < IDLE_ALERTS; n += 1) {
    const name = `idle ${String(n).padStart(3, '0')} host`;
    const sentAt = Date.now();
    await sendDown(stack.ingressOrigin, endpoint, name);
    waits.push(...(await ticketWaits(simulator, new Map([[name, sentAt]]), 60_000)));
    await untilQuiet(stack, 60_000);
  }
  await simulator.control('faults', { modes: { latencyMs: CALL_MS } });
  return [
    measured(
      'alert to ticket, idle, p95',
      percentile(waits, 0.95),
      'ms',
      { atMost: 500 },
      `p50 ${percentile(waits, 0.5)} ms, longest ${percentile(waits, 1)} ms, first ${waits[0]} ms, calls of 100 ms`,
    ),
  ];
}

/** 500 new incidents against a bare workflow with one activity, in turns on the same Temporal. */
export async function measureNewIncidents(
  stack: BenchStack,
  simulator: SimulatorProcess,
  say: (line: string) => void,
): Promise<Measured[]> {
  const rates: { bare: number; ours: number }[] = [];
  const endpoint = await stack.rest.post<MadeEndpoint>('/endpoints', { name: 'Bench new incidents' });
  const bareWorker = await startBareWorker(stack.temporalAddress);
  try {
    await bareRate(stack.temporalAddress, bareWorker, 'warm', 50);
    await ourRate(stack, simulator, endpoint, 'warm', 50);
    for (let round = 0; round < ROUNDS; round += 1) {
      const bare = await bareRate(stack.temporalAddress, bareWorker, `round ${round}`, NEW_INCIDENTS);
      const ours = await ourRate(stack, simulator, endpoint, `round ${round}`, NEW_INCIDENTS);
      say(`${NEW_INCIDENTS} new: bare ${bare.toFixed(1)}/s, incidents ${ours.toFixed(1)}/s`);
      rates.push({ bare, ours });
    }
  } finally {
    await bareWorker.stop();
  }
  return [
    measured(
      'bare workflow with one activity',
      median(rates.map(({ bare }) => bare)),
      '/s',
      undefined,
      `activity of ${CALL_MS} ms`,
    ),
    measured(
      `${NEW_INCIDENTS} new incidents to tickets`,
      median(rates.map(({ ours }) => ours)),
      '/s',
      { atLeast: 25 },
      `calls of ${CALL_MS} ms, PSA_CALLS_PER_SECOND lifted`,
    ),
    measured(
      'share of the bare workflow, median of the rounds',
      median(rates.map(({ bare, ours }) => ours / bare)),
      '',
      { atLeast: 0.8 },
    ),
  ];
}

async function ourRate(
  stack: BenchStack,
  simulator: SimulatorProcess,
  endpoint: MadeEndpoint,
  round: string,
  count: number,
): Promise<number> {
  const before = (await simulator.counts()).tickets;
  const began = Date.now();
  const result = await runLoad({
    ...loadTarget(stack.ingressOrigin, endpoint),
    connections: 32,
    total: count,
    seconds: 60,
    perSecond: null,
    body: (n) => wholeKumaBody(`${round} new ${String(n).padStart(4, '0')} host`, 'down'),
  });
  if (result.accepted !== count)
    throw new Error(`Of ${count} only ${result.accepted} were accepted: ${JSON.stringify(result.statuses)}`);
  await untilTrue(async () => (await simulator.counts()).tickets >= before + count, 180_000);
  const last = Math.max(...(await simulator.record()).tickets.map(({ createdAtMs }) => createdAtMs));
  await untilQuiet(stack, 60_000);
  return count / ((last - began) / 1_000);
}

interface BareWorker {
  done(): number;
  stop(): Promise<void>;
}

async function bareRate(address: string, worker: BareWorker, round: string, count: number): Promise<number> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const before = worker.done();
  const began = Date.now();
  let next = 0;
  const starts = Array.from({ length: STARTS_AT_ONCE }, async () => {
    while (next < count) {
      const n = next++;
      await client.workflow.start('bareWorkflow', {
        workflowId: `bench-bare ${round} ${n}`,
        taskQueue: 'bench-bare',
        args: [{ n }],
      });
    }
  });
  await Promise.all(starts);
  await untilTrue(async () => worker.done() >= before + count, 180_000);
  const seconds = (Date.now() - began) / 1_000;
  await connection.close();
  return count / seconds;
}

async function startBareWorker(address: string): Promise<BareWorker> {
  let done = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const group = await spawnGroup({
    name: 'bare-worker',
    command: globalThis.process.execPath,
    args: [
      ...(SHIPPED?.nodeFlags ?? []),
      'infra/bench/bare-worker.ts',
      '--address',
      address,
      '--call-ms',
      String(CALL_MS),
    ],
    cwd: CHECKOUT,
    niceness: SHIPPED?.niceness ?? 0,
    env: { NODE_ENV: 'production' },
    onLine(line) {
      if (line === 'done') done += 1;
      if (line === 'polling') resolve();
    },
  });
  await Promise.race([
    promise,
    group.exited.then(({ lastWords }) => Promise.reject(new Error(`The bare worker ended: ${lastWords.join('\n')}`))),
  ]);
  return { done: () => done, stop: () => group.end([{ signal: 'SIGTERM', graceMs: 8_000 }]) };
}
