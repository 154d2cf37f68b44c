import type { Pool } from '../../infra/database/pool.ts';
import { leaseCalls, pauseCalls } from './lease-calls.ts';
import { resting } from './step-clock.ts';
import { TicketSystemError } from './ticket-system.ts';

/** The right to make calls to one ticket system, shared by every worker. */
export interface CallBudget {
  /**
   * Resolves when one call may be made now. Throws `TicketSystemError`: `throttled` when the wait would be too long,
   * `unavailable` when called off or when Postgres does not answer. No effect in any case.
   */
  take(signal: AbortSignal | undefined): Promise<void>;
  /** Nobody calls for so long, ten seconds at most: the ticket system asked for it. No burst follows. Never throws. */
  pause(ms: number): Promise<void>;
}

/** For a ticket system, or a test, without a cap. */
export const unlimitedBudget: CallBudget = { take: () => Promise.resolve(), pause: () => Promise.resolve() };

const LONGEST_WAIT_MS = 15_000;
const LONGEST_PAUSE_MS = 10_000;
/** A leased call that nobody made within this time is given up. */
const LEASE_KEPT_MS = 1_000;
const LONGEST_SLEEP_MS = 200;
/**
 * What was not called for lately may be called at once. ConnectWise answers 429 above about 1,000 requests a minute: 15 a second and
 * four seconds' worth at once are 960 in the busiest minute.
 */
const BURST_SECONDS = 4;

export interface CallBudgetOptions {
  pool: Pool;
  /** A registered connection. */
  connection: string;
  callsPerSecond: number;
  /** Who waits longer is refused as `throttled`; 15 s if not given. */
  longestWaitMs?: number;
}

interface Waiter {
  resolve(): void;
  reject(error: TicketSystemError): void;
  until: number;
}

/**
 * At most `callsPerSecond` calls over all processes that share the connection's row, and after a rest as many at once as
 * four seconds allow. Calls are leased from the row for those who wait now, first come first served.
 */
export function createCallBudget(options: CallBudgetOptions): CallBudget {
  const { pool, connection, callsPerSecond } = options;
  const longestWaitMs = options.longestWaitMs ?? LONGEST_WAIT_MS;
  const burst = Math.max(1, Math.floor(callsPerSecond * BURST_SECONDS));
  const slice = Math.max(1, Math.floor(callsPerSecond / 5));
  const waiters = new Set<Waiter>();
  let leased: number[] = [];
  let isServing = false;

  const serve = async (): Promise<void> => {
    for (;;) {
      refuseLate();
      const [first] = waiters;
      if (!first) return;
      leased = leased.filter((at) => at > performance.now() - LEASE_KEPT_MS);
      const next = leased[0];
      if (next === undefined) {
        const lease = await leaseCalls(pool, {
          connection,
          callsPerSecond,
          burst,
          calls: Math.min(waiters.size, slice),
        });
        leased = lease.at;
        if (lease.at.length === 0) await sleep(lease.waitMs);
      } else if (next > performance.now()) {
        await sleep(next - performance.now());
      } else {
        leased.shift();
        waiters.delete(first);
        first.resolve();
      }
    }
  };

  const refuseLate = (): void => {
    for (const waiter of waiters) {
      if (waiter.until > performance.now()) return;
      waiters.delete(waiter);
      const text = `More calls wait for the ticket system than its ${callsPerSecond} calls a second allow.`;
      waiter.reject(new TicketSystemError('throttled', text, { effect: 'none', retryAfterMs: longestWaitMs / 3 }));
    }
  };

  const start = (): void => {
    if (isServing) return;
    isServing = true;
    serve()
      .catch((cause: unknown) => {
        const fault = new TicketSystemError(
          'unavailable',
          'The call budget of the ticket system could not be read from Postgres.',
          { effect: 'none', cause },
        );
        for (const waiter of waiters) waiter.reject(fault);
        waiters.clear();
      })
      .finally(() => {
        isServing = false;
        if (waiters.size > 0) start();
      });
  };

  const turn = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const calledOff = () => {
        waiters.delete(waiter);
        reject(
          new TicketSystemError('unavailable', 'The call to the ticket system was called off.', { effect: 'none' }),
        );
      };
      const release = () => signal?.removeEventListener('abort', calledOff);
      const waiter: Waiter = {
        resolve: () => (release(), resolve()),
        reject: (error) => (release(), reject(error)),
        until: performance.now() + longestWaitMs,
      };
      if (signal?.aborted) return calledOff();
      signal?.addEventListener('abort', calledOff, { once: true });
      waiters.add(waiter);
      start();
    });

  return {
    take: (signal) => resting(() => turn(signal)),
    async pause(ms) {
      leased = [];
      const burstMs = ((burst - 1) * 1_000) / callsPerSecond;
      await pauseCalls(pool, connection, Math.min(ms, LONGEST_PAUSE_MS) + burstMs).catch(() => undefined);
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(ms, 1), LONGEST_SLEEP_MS)));
}
