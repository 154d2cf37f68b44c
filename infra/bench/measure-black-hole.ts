import { setTimeout as pause } from 'node:timers/promises';
import { untilQuiet, type BenchStack } from './bench-stack.ts';
import { percentile } from './http-load.ts';
import { sendDown } from './kuma-webhook.ts';
import { measured, median, type Measured } from './measured.ts';
import type { MadeEndpoint } from './rest-client.ts';
import type { SimulatorProcess } from './simulator-process.ts';
import { ticketWaits } from './ticket-waits.ts';

const BUSY = { endpoints: 200, perSecond: 3, seconds: 60, warmSeconds: 15 };
/** What one endpoint is flooded with: every call that names its incidents gets no answer. */
const HOLE = { name: 'black hole', perSecond: 1, aheadSeconds: 70, timeoutSeconds: 26 };
const ROUNDS = 3;
const HANGS = 'hangs';

interface Phase {
  p50: number;
  p95: number;
  longest: number;
}

/** From the sends of new incidents on 200 endpoints to their tickets, in turns without and with one more endpoint whose tickets hang. */
export async function measureBlackHole(
  stack: BenchStack,
  simulator: SimulatorProcess,
  say: (line: string) => void,
): Promise<Measured[]> {
  const busy: MadeEndpoint[] = [];
  for (let n = 0; n < BUSY.endpoints; n += 1)
    busy.push(await stack.rest.post<MadeEndpoint>('/endpoints', { name: `Bench busy ${n}` }));
  const hole = await stack.rest.post<MadeEndpoint>('/endpoints', { name: 'Bench black hole' });
  await measurePhase(stack, simulator, busy, 'warm', BUSY.warmSeconds);
  const rounds: { without: Phase; with: Phase; gateClosed: boolean }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const without = await measurePhase(stack, simulator, busy, `round ${round} without`, BUSY.seconds);
    const flood = await floodHole(stack, simulator, hole, round);
    const beside = await measurePhase(stack, simulator, busy, `round ${round} with`, BUSY.seconds);
    const { sent, gateClosed } = await flood.stop();
    rounds.push({ without, with: beside, gateClosed });
    say(
      `p50 and p95 without ${without.p50}, ${without.p95} ms, with ${beside.p50}, ${beside.p95} ms; ${sent} alerts into the black hole`,
    );
    await drain(stack, simulator, round, sent);
  }
  const moved = median(rounds.map((round) => round.with.p95 / round.without.p95 - 1));
  return [
    measured(
      `alert to ticket of ${BUSY.endpoints} endpoints, p95`,
      median(rounds.map(({ without }) => without.p95)),
      'ms',
      undefined,
      `${BUSY.perSecond} new incidents a second for ${BUSY.seconds} s, ${words(rounds.map(({ without }) => without))}`,
    ),
    measured(
      'beside one endpoint whose tickets hang, p95',
      median(rounds.map((round) => round.with.p95)),
      'ms',
      undefined,
      `it gets ${HOLE.perSecond} new one a second, since ${HOLE.aheadSeconds} s before; ${words(rounds.map((round) => round.with))}`,
    ),
    measured('share by which p95 of the others moves', moved, '', { atMost: 0.1 }, `median of ${ROUNDS} rounds`),
    measured(
      'rounds in which the connection was closed for it',
      rounds.filter(({ gateClosed }) => gateClosed).length,
      '',
      { exactly: 0 },
    ),
  ];
}

async function measurePhase(
  stack: BenchStack,
  simulator: SimulatorProcess,
  endpoints: readonly MadeEndpoint[],
  phase: string,
  seconds: number,
): Promise<Phase> {
  const sentAt = new Map<string, number>();
  const sender = startSending(stack, BUSY.perSecond, (n) => {
    const name = `${phase} ${String(n).padStart(4, '0')} host`;
    sentAt.set(name, Date.now());
    return { endpoint: endpoints[n % endpoints.length] as MadeEndpoint, name };
  });
  await pause(seconds * 1_000);
  await sender.stop();
  const waits = await ticketWaits(simulator, sentAt);
  return { p50: percentile(waits, 0.5), p95: percentile(waits, 0.95), longest: percentile(waits, 1) };
}

/** Floods the endpoint until it is stopped; resolves once it has hung for longer than an incident tries by itself. */
async function floodHole(
  stack: BenchStack,
  simulator: SimulatorProcess,
  endpoint: MadeEndpoint,
  round: number,
): Promise<{ stop(): Promise<{ sent: number; gateClosed: boolean }> }> {
  await simulator.control('faults', { add: [{ id: HANGS, kind: 'black-hole', contains: HOLE.name }] });
  const sender = startSending(stack, HOLE.perSecond, (n) => ({
    endpoint,
    name: `round ${round} ${HOLE.name} ${String(n).padStart(4, '0')}`,
  }));
  let gateClosed = false;
  const watch = setInterval(async () => {
    const { rows } = await stack.pool.query(`select from connection where gate = 'closed'`);
    gateClosed ||= rows.length > 0;
  }, 500);
  await pause(HOLE.aheadSeconds * 1_000);
  return {
    async stop() {
      clearInterval(watch);
      return { sent: await sender.stop(), gateClosed };
    },
  };
}

/** The calls are answered again: everything in the hole gets its ticket before the next round begins. */
async function drain(stack: BenchStack, simulator: SimulatorProcess, round: number, sent: number): Promise<void> {
  await simulator.control('faults', { remove: [HANGS] });
  await pause(HOLE.timeoutSeconds * 1_000);
  for (let waiting = await waitingIncidents(stack); waiting.length > 0; waiting = await waitingIncidents(stack)) {
    for (const { id } of waiting) await stack.rest.post(`/incidents/${id}/retry`, {});
    await pause(2_000);
  }
  await untilQuiet(stack, 120_000);
  const { tickets } = await simulator.record();
  const made = tickets.filter(({ summary }) => summary.includes(`round ${round} ${HOLE.name} `)).length;
  if (made !== sent) throw new Error(`The ${sent} incidents of the black hole have ${made} tickets.`);
}

/** Some that would try again later by themselves. */
async function waitingIncidents({ pool }: BenchStack): Promise<{ id: string }[]> {
  const { rows } = await pool.query<{ id: string }>(
    `select id from incident where next_try_at > clock_timestamp() and ticket_id is null limit 12`,
  );
  return rows;
}

/**
 * Sends new incidents at a steady rate, by chance near to each other or not, as alerts come; the chances are those of every phase.
 * `stop` resolves with how many once all are accepted.
 */
function startSending(
  { ingressOrigin }: BenchStack,
  perSecond: number,
  next: (n: number) => { endpoint: MadeEndpoint; name: string },
): { stop(): Promise<number> } {
  const answers: Promise<void>[] = [];
  const chance = seededChance(perSecond);
  let timer: NodeJS.Timeout;
  let dueAt = performance.now();
  const wait = () => {
    dueAt += (-Math.log(1 - chance()) * 1_000) / perSecond;
    timer = setTimeout(
      () => {
        const { endpoint, name } = next(answers.length);
        const answer = sendDown(ingressOrigin, endpoint, name);
        answer.catch(() => undefined);
        answers.push(answer);
        wait();
      },
      Math.max(0, dueAt - performance.now()),
    );
  };
  wait();
  return {
    async stop() {
      clearTimeout(timer);
      await Promise.all(answers);
      return answers.length;
    },
  };
}

/** The same numbers from 0 to 1 for the same seed. */
function seededChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function words(phases: readonly Phase[]): string {
  const each = phases.map(({ p50, p95, longest }) => `${p50}/${p95}/${longest}`);
  return `p50/p95/longest ${each.join(', ')} ms`;
}
