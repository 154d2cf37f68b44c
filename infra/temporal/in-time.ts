import type { Client } from '@temporalio/client';

/** What a call may take beyond its deadline before it is given up here: a connection being made does not look at deadlines. */
const GRACE_MS = 250;
const underWay = new WeakMap<Client, Set<Promise<unknown>>>();

/** Runs calls of `client` with a deadline, and rejects soon after it whatever the connection does. */
export async function inTime<T>(client: Client, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('Temporal did not answer in time.')), patienceMs + GRACE_MS);
  const asked = client.withDeadline(Date.now() + patienceMs, work);
  keepUntilOver(client, asked);
  try {
    return await Promise.race([asked, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Resolves when no call that was run in time is under way any more, given up or not. A connection is closed after this: the
 * library tries a call again from a timer, and throws there when the connection is gone.
 */
export async function callsOver(client: Client): Promise<void> {
  await Promise.allSettled(underWay.get(client) ?? []);
}

function keepUntilOver(client: Client, asked: Promise<unknown>): void {
  const calls = underWay.get(client) ?? new Set();
  underWay.set(client, calls.add(asked));
  asked.catch(() => undefined).finally(() => calls.delete(asked));
}
