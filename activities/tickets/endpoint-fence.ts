import { TicketSystemError } from './ticket-system.ts';

/** A third of the steps that a worker has under way at most, and fewer than its connections to the ticket system. */
const MOST_OF_AN_ENDPOINT = 20;
/** A healthy storm of one endpoint waits for milliseconds; who waits longer stands behind calls that hang. */
const LONGEST_WAIT_MS = 1_000;
const COME_AGAIN_MS = 5_000;

/** Keeps one endpoint from holding all ticket steps of a worker: where the ticket system hangs on its tickets, the others' go on. */
export interface EndpointFence {
  /**
   * Does `work` once the endpoint has a place. Throws `throttled`, without effect and with a time to come again, where none came
   * free within a second.
   */
  within<T>(endpointId: string, work: () => Promise<T>): Promise<T>;
}

interface Place {
  underWay: number;
  waiting: (() => void)[];
}

/** `most`, `longestWaitMs`: 20 and a second where not given. */
export function createEndpointFence({
  most = MOST_OF_AN_ENDPOINT,
  longestWaitMs = LONGEST_WAIT_MS,
} = {}): EndpointFence {
  const places = new Map<string, Place>();

  async function enter(endpointId: string): Promise<void> {
    const place = places.get(endpointId) ?? { underWay: 0, waiting: [] };
    places.set(endpointId, place);
    if (place.underWay < most) {
      place.underWay += 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    place.waiting.push(resolve);
    const timer = setTimeout(() => {
      place.waiting = place.waiting.filter((waiter) => waiter !== resolve);
      reject(
        new TicketSystemError('throttled', `${most} steps of this endpoint wait for the ticket system already.`, {
          effect: 'none',
          retryAfterMs: COME_AGAIN_MS * (1 + Math.random()),
        }),
      );
    }, longestWaitMs);
    await promise.finally(() => clearTimeout(timer));
  }

  function leave(endpointId: string): void {
    const place = places.get(endpointId);
    if (place === undefined) return;
    const next = place.waiting.shift();
    if (next) return next();
    place.underWay -= 1;
    if (place.underWay === 0) places.delete(endpointId);
  }

  return {
    async within(endpointId, work) {
      await enter(endpointId);
      try {
        return await work();
      } finally {
        leave(endpointId);
      }
    },
  };
}
