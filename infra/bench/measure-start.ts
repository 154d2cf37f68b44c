import { untilQuiet, type BenchStack } from './bench-stack.ts';
import { sendDown } from './kuma-webhook.ts';
import { measured, type Measured } from './measured.ts';
import type { MadeEndpoint } from './rest-client.ts';
import type { SimulatorProcess } from './simulator-process.ts';
import { ticketWaits } from './ticket-waits.ts';

const MONITOR = 'first ticket host';

/** From `npm start` on a fresh data folder to the first ticket, and a second start on what the first made; the console is built. */
export async function measureStart(stack: BenchStack, simulator: SimulatorProcess): Promise<Measured[]> {
  const endpoint = await stack.rest.post<MadeEndpoint>('/endpoints', { name: 'Bench first ticket' });
  await sendDown(stack.ingressOrigin, endpoint, MONITOR);
  const [first = Number.NaN] = await ticketWaits(simulator, new Map([[MONITOR, stack.startedAt]]), 60_000);
  await untilQuiet(stack, 60_000);
  const again = await stack.startAgain();
  const { rows } = await stack.pool.query('select from incident where ticket_id is not null');
  return [
    measured('first ticket after npm start', first / 1_000, 's', { atMost: 60 }),
    measured('second start, ready after', again, 's', { atMost: 15 }),
    measured('incidents with a ticket that it knows', rows.length, '', { exactly: 1 }),
  ];
}
