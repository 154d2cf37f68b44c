const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/** How many calls may be under way to a server that may be away. Closed: `most`. After a fault: none, then one probe at a time. */
export interface Circuit {
  /** How many more calls may begin now, when `inFlight` are under way. */
  room(inFlight: number): number;
  /** Milliseconds until the next probe; null while the server is well. */
  pauseMs(): number | null;
  succeeded(): void;
  failed(): void;
  isOpen(): boolean;
}

/** A circuit breaker with doubling pauses between 250 ms and 5 s. `now` in milliseconds, monotonic. */
export function createCircuit(most: number, now: () => number): Circuit {
  let pause = 0;
  let probeAt = 0;
  return {
    room(inFlight) {
      if (pause === 0) return Math.max(0, most - inFlight);
      return inFlight === 0 && now() >= probeAt ? 1 : 0;
    },
    pauseMs: () => (pause === 0 ? null : Math.max(0, probeAt - now())),
    succeeded() {
      pause = 0;
    },
    failed() {
      if (pause > 0 && now() < probeAt) return;
      pause = pause === 0 ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * 2);
      probeAt = now() + pause;
    },
    isOpen: () => pause > 0,
  };
}
