import { AsyncLocalStorage } from 'node:async_hooks';

/** How long a step has worked, without its waiting for a turn to call the ticket system. */
export interface StepClock {
  /** Milliseconds so far. */
  workedMs(): number;
  /** Does `work`, whose `resting` stop this clock. */
  during<T>(work: () => Promise<T>): Promise<T>;
}

interface Rests {
  begin(): void;
  end(): void;
}

const current = new AsyncLocalStorage<Rests>();

/** A clock that starts now. */
export function startStepClock(): StepClock {
  const began = performance.now();
  let rested = 0;
  let resting = 0;
  let since = 0;
  const rests: Rests = {
    begin() {
      if (resting === 0) since = performance.now();
      resting += 1;
    },
    end() {
      resting -= 1;
      if (resting === 0) rested += performance.now() - since;
    },
  };
  return {
    workedMs() {
      const now = performance.now();
      return now - began - rested - (resting > 0 ? now - since : 0);
    },
    during: (work) => current.run(rests, work),
  };
}

/** Stops the clock of the step that waits here, if one runs, until `wait` is over. */
export async function resting<T>(wait: () => Promise<T>): Promise<T> {
  const rests = current.getStore();
  rests?.begin();
  try {
    return await wait();
  } finally {
    rests?.end();
  }
}
