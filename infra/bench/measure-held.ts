import { setTimeout as pause } from 'node:timers/promises';
import { untilQuiet, untilTrue, type BenchStack } from './bench-stack.ts';
import { percentile, runLoad } from './http-load.ts';
import { loadTarget, sendDown, wholeKumaBody } from './kuma-webhook.ts';
import { measured, type Measured } from './measured.ts';
import type { MadeEndpoint } from './rest-client.ts';
import type { SimulatorProcess } from './simulator-process.ts';
import { ticketWaits } from './ticket-waits.ts';

const HELD = 5_000;
const QUIET_ALERTS = 20;
const PROBE_EVERY_MS = 1_000;
const HOUR_MS = 3_600_000;

interface Probes {
  accepted: number[];
  tickets: number[];
}

/** An endpoint's window holds 5,000 incidents; one edit ends it, and meanwhile another endpoint's alerts become tickets. */
export async function measureHeld(
  stack: BenchStack,
  simulator: SimulatorProcess,
  say: (line: string) => void,
): Promise<Measured[]> {
  const other = await stack.rest.post<MadeEndpoint>('/endpoints', { name: 'Bench beside held' });
  const endpoint = await stack.rest.post<MadeEndpoint>('/endpoints', {
    name: 'Bench held',
    maintenance: [
      {
        type: 'once',
        start: new Date(Date.now() - HOUR_MS).toISOString(),
        end: new Date(Date.now() + 24 * HOUR_MS).toISOString(),
        timezone: 'UTC',
        policy: 'hold',
      },
    ],
  });
  const sent = await runLoad({
    ...loadTarget(stack.ingressOrigin, endpoint),
    connections: 32,
    total: HELD,
    seconds: 120,
    perSecond: null,
    body: (n) => wholeKumaBody(`held ${String(n).padStart(4, '0')} host`, 'down'),
  });
  if (sent.accepted !== HELD) throw new Error(`Of ${HELD} only ${sent.accepted} were accepted.`);
  await untilTrue(async () => (await heldOf(stack)) === HELD, 120_000);
  const quiet = await probe(stack, simulator, other, 'quiet', async (n) => n < QUIET_ALERTS);
  say(`${HELD} held, tickets of the other endpoint p95 ${percentile(quiet.tickets, 0.95)} ms`);
  const before = (await simulator.counts()).tickets;
  const began = Date.now();
  await stack.rest.patch(`/endpoints/${endpoint.id}`, { maintenance: [] });
  const edit = Date.now() - began;
  const freed = untilTrue(async () => (await heldOf(stack)) === 0, 600_000);
  const beside = await probe(
    stack,
    simulator,
    other,
    'beside',
    async (n) => (await simulator.counts()).tickets < before + n + HELD,
  );
  const drained = (Date.now() - began) / 1_000;
  await untilQuiet(stack, 120_000);
  const made = (await simulator.record()).tickets.filter(({ summary }) => summary.includes(' held ')).length;
  return [
    measured('tickets of what was held', made, '', { exactly: HELD }),
    measured('the edit that frees it, answered', edit, 'ms', { atMost: 1_000 }),
    measured('nothing held any more after', (await freed) / 1_000, 's', { atMost: 30 }),
    measured('all of it in the ticket system after', drained, 's', undefined, `${(HELD / drained).toFixed(1)}/s`),
    measured(
      'meanwhile 202 on another endpoint, p95',
      percentile(beside.accepted, 0.95),
      'ms',
      { atMost: 100 },
      `${percentile(quiet.accepted, 0.95)} ms before, longest ${percentile(beside.accepted, 1)} ms`,
    ),
    measured(
      'meanwhile alert to ticket on another endpoint, p95',
      percentile(beside.tickets, 0.95),
      'ms',
      { atMost: 2_000 },
      `${beside.tickets.length} alerts, p50 ${percentile(beside.tickets, 0.5)} ms, longest ${percentile(beside.tickets, 1)} ms; before p95 ${percentile(quiet.tickets, 0.95)} ms`,
    ),
  ];
}

/** Alerts one a second for as long as `more` says so: the milliseconds to each 202 and to each ticket. */
async function probe(
  stack: BenchStack,
  simulator: SimulatorProcess,
  endpoint: MadeEndpoint,
  name: string,
  more: (n: number) => Promise<boolean>,
): Promise<Probes> {
  const accepted: number[] = [];
  const sentAt = new Map<string, number>();
  for (let n = 0; await more(n); n += 1) {
    const monitor = `${name} ${String(n).padStart(4, '0')} probe`;
    const began = Date.now();
    sentAt.set(monitor, began);
    await sendDown(stack.ingressOrigin, endpoint, monitor);
    accepted.push(Date.now() - began);
    await pause(Math.max(0, began + PROBE_EVERY_MS - Date.now()));
  }
  return { accepted, tickets: await ticketWaits(simulator, sentAt) };
}

async function heldOf({ pool }: BenchStack): Promise<number> {
  const { rows } = await pool.query<{ held: number }>(
    `select count(*)::int as held from alert where state = 'held' and not settled`,
  );
  return rows[0]?.held ?? -1;
}
