import { startStepClock, type StepClock } from './step-clock.ts';
import { TicketSystemError } from './ticket-system.ts';

/** A third of the steps that a worker has under way at most, and fewer than its connections to the ticket system. */
const MOST_OF_AN_ENDPOINT = 20;
/** A healthy step works for milliseconds, seconds on a busy machine; a call that hangs takes until its time-out. */
const SLOW_MS = 3_000;
const LOST_AFTER = 4;
const COME_AGAIN_MS = 5_000;
const LONGEST_AWAY_MS = 300_000;
const HANGING = 'The ticket system does not answer for other incidents of this endpoint; this one waits for its turn.';

/** Keeps one endpoint from holding all ticket steps of a worker: where the ticket system hangs on its tickets, the others' go on. */
export interface EndpointFence {
  /**
   * Does `work` once the endpoint has a place. A storm of healthy steps takes turns. Throws `throttled`, without effect and with
   * a time to come again, where the endpoint's steps hang.
   */
  within<T>(endpointId: string, work: () => Promise<T>): Promise<T>;
  /** What `within` would throw now; null where it would let a step in or have it wait. */
  refusal(endpointId: string): TicketSystemError | null;
}

interface Waiter {
  enter(step: StepClock): void;
  sendAway(fault: TicketSystemError): void;
}

interface Place {
  /** The steps that have a place: what they wait for the connection's rate does not count as slow. */
  underWay: Set<StepClock>;
  waiting: Waiter[];
  watch: NodeJS.Timeout | null;
  /** Its steps hang until their time-out: a few go on trying, until one comes to its end soon. */
  isLost: boolean;
  /** How long the last step worked that has left. */
  tookMs: number;
  /** When the last of those sent away is to come again (milliseconds of the process's clock). */
  lastComesAt: number;
}

/**
 * `most`, `slowMs`: 20 and three seconds where not given. An endpoint hangs when half of its places are taken by slow steps, and
 * is lost when they are taken for four times as long.
 */
export function createEndpointFence({ most = MOST_OF_AN_ENDPOINT, slowMs = SLOW_MS } = {}): EndpointFence {
  const places = new Map<string, Place>();
  const few = Math.ceil(most / 8);

  const isHalfOlder = ({ underWay }: Place, ms: number): boolean =>
    [...underWay].filter((step) => step.workedMs() >= ms).length * 2 >= most;

  const hangs = (place: Place): boolean => {
    place.isLost ||= isHalfOlder(place, slowMs * LOST_AFTER);
    return place.isLost || isHalfOlder(place, slowMs);
  };

  /** While steps wait, whether the endpoint hangs is asked again and again. */
  const watch = (place: Place): void => {
    place.watch ??= setTimeout(() => {
      place.watch = null;
      if (hangs(place)) for (const waiter of place.waiting.splice(0)) waiter.sendAway(sentAway(place));
      else if (place.waiting.length > 0) watch(place);
    }, slowMs / 4);
  };

  const start = (place: Place): StepClock => {
    const step = startStepClock();
    place.underWay.add(step);
    return step;
  };

  const roomOf = ({ isLost }: Place) => (isLost ? few : most);
  const isRefused = (place: Place) => hangs(place) && place.underWay.size >= roomOf(place);

  const enter = (place: Place): StepClock | Promise<StepClock> => {
    if (isRefused(place)) throw sentAway(place);
    if (place.underWay.size < roomOf(place)) return start(place);
    return new Promise((enterNow, sendAway) => {
      place.waiting.push({ enter: enterNow, sendAway });
      watch(place);
    });
  };

  const leave = (place: Place, step: StepClock): void => {
    place.underWay.delete(step);
    place.tookMs = step.workedMs();
    if (place.tookMs < slowMs) place.isLost = false;
    while (place.waiting.length > 0 && place.underWay.size < roomOf(place)) place.waiting.shift()?.enter(start(place));
  };

  /** They come again one after the other, as fast as places come free: what they cost does not grow with their number. */
  const comesIn = (place: Place): number => {
    const now = performance.now();
    const [oldest] = place.underWay;
    const apart = Math.max(place.tookMs, oldest?.workedMs() ?? 0) / roomOf(place);
    const next = Math.max(place.lastComesAt + apart, now + COME_AGAIN_MS * (1 + Math.random()));
    if (next > now + LONGEST_AWAY_MS) return LONGEST_AWAY_MS * (0.5 + Math.random() / 2);
    place.lastComesAt = next;
    return next - now;
  };

  const sentAway = (place: Place) =>
    new TicketSystemError('throttled', HANGING, { effect: 'none', retryAfterMs: comesIn(place) });

  return {
    async within(endpointId, work) {
      const place = places.get(endpointId) ?? {
        underWay: new Set(),
        waiting: [],
        watch: null,
        isLost: false,
        tookMs: 0,
        lastComesAt: 0,
      };
      places.set(endpointId, place);
      const step = await enter(place);
      try {
        return await step.during(work);
      } finally {
        leave(place, step);
        if (place.underWay.size === 0) places.delete(endpointId);
      }
    },
    refusal(endpointId) {
      const place = places.get(endpointId);
      return place && isRefused(place) ? sentAway(place) : null;
    },
  };
}
