import { TicketSystemError } from './ticket-system.ts';

/** A third of the steps that a worker has under way at most, and fewer than its connections to the ticket system. */
const MOST_OF_AN_ENDPOINT = 20;
/** A healthy step takes milliseconds, seconds on a busy machine; a call that hangs takes until its time-out. */
const SLOW_MS = 3_000;
const COME_AGAIN_MS = 5_000;

/** Keeps one endpoint from holding all ticket steps of a worker: where the ticket system hangs on its tickets, the others' go on. */
export interface EndpointFence {
  /**
   * Does `work` once the endpoint has a place. A storm of healthy steps takes turns. Throws `throttled`, without effect and with
   * a time to come again, where the endpoint's steps hang.
   */
  within<T>(endpointId: string, work: () => Promise<T>): Promise<T>;
}

/** A step that has a place, since when (milliseconds of the process's clock). */
interface Step {
  at: number;
}

interface Waiter {
  enter(step: Step): void;
  sendAway(fault: TicketSystemError): void;
}

interface Place {
  underWay: Set<Step>;
  waiting: Waiter[];
  watch: NodeJS.Timeout | null;
}

/** `most`, `slowMs`: 20 and three seconds where not given. An endpoint hangs when half of its places are taken by slow steps. */
export function createEndpointFence({ most = MOST_OF_AN_ENDPOINT, slowMs = SLOW_MS } = {}): EndpointFence {
  const places = new Map<string, Place>();

  const hangs = ({ underWay }: Place): boolean => {
    const slow = performance.now() - slowMs;
    return [...underWay].filter(({ at }) => at <= slow).length * 2 >= most;
  };

  /** While steps wait, whether the endpoint hangs is asked again and again. */
  const watch = (place: Place): void => {
    place.watch ??= setTimeout(() => {
      place.watch = null;
      if (hangs(place)) for (const waiter of place.waiting.splice(0)) waiter.sendAway(isHanging());
      else if (place.waiting.length > 0) watch(place);
    }, slowMs / 4);
  };

  const start = (place: Place): Step => {
    const step = { at: performance.now() };
    place.underWay.add(step);
    return step;
  };

  const enter = (place: Place): Step | Promise<Step> => {
    if (place.underWay.size < most) return start(place);
    if (hangs(place)) throw isHanging();
    return new Promise((enterNow, sendAway) => {
      place.waiting.push({ enter: enterNow, sendAway });
      watch(place);
    });
  };

  const leave = (place: Place, step: Step): void => {
    place.underWay.delete(step);
    const next = place.waiting.shift();
    if (next) next.enter(start(place));
  };

  const isHanging = () =>
    new TicketSystemError('throttled', `${most} steps of this endpoint wait for the ticket system already.`, {
      effect: 'none',
      retryAfterMs: COME_AGAIN_MS * (1 + Math.random()),
    });

  return {
    async within(endpointId, work) {
      const place = places.get(endpointId) ?? { underWay: new Set(), waiting: [], watch: null };
      places.set(endpointId, place);
      const step = await enter(place);
      try {
        return await work();
      } finally {
        leave(place, step);
        if (place.underWay.size === 0) places.delete(endpointId);
      }
    },
  };
}
