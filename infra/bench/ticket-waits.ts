import { untilTrue } from './bench-stack.ts';
import type { SimulatorProcess } from './simulator-process.ts';

const WITHIN_MS = 120_000;

/** Milliseconds from each send to its ticket, known by the name that its summary holds. Resolves once all have one; empties `sentAt`. */
export async function ticketWaits(
  simulator: SimulatorProcess,
  sentAt: Map<string, number>,
  withinMs = WITHIN_MS,
): Promise<number[]> {
  const waits: number[] = [];
  await untilTrue(async () => {
    for (const { summary, createdAtMs } of (await simulator.record()).tickets) {
      const name = [...sentAt.keys()].find((one) => summary.includes(one));
      if (name === undefined) continue;
      waits.push(createdAtMs - (sentAt.get(name) ?? Number.NaN));
      sentAt.delete(name);
    }
    return sentAt.size === 0;
  }, withinMs);
  return waits;
}
