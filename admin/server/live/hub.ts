import { listenLive } from '../../../infra/database/live-feed-listener.ts';
import { needed } from '../../../infra/config/needed.ts';
import type { AdminContext } from '../context.ts';
import { VerbError } from '../errors.ts';

/** Readers of one process at most. */
export const MOST_READERS = 100;

/** A reader's place in this process. */
export interface Seat {
  /** Resolves at the next word that something changed, or after `ms`, or when the signal aborts. */
  woken(ms: number, signal: AbortSignal): Promise<void>;
  leave(): void;
}

interface Hub {
  waiting: Set<() => void>;
  readers: number;
  listener: { stop(): Promise<void> } | null;
}

const HOLDER = Symbol.for('hookwise.admin.live');
type Holder = typeof globalThis & { [HOLDER]?: WeakMap<object, Hub> };

/** Takes a seat; the process listens while anybody sits. Throws `unavailable` when all are taken. */
export function takeSeat(context: AdminContext): Seat {
  const hubs = ((globalThis as Holder)[HOLDER] ??= new WeakMap());
  const hub = hubs.get(context.pool) ?? { waiting: new Set(), readers: 0, listener: null };
  hubs.set(context.pool, hub);
  if (hub.readers >= MOST_READERS)
    throw new VerbError('unavailable', 'Too many live views are open. Close one, or try again in a moment.');
  hub.readers += 1;
  hub.listener ??= listenLive(needed(context.config, 'DATABASE_URL'), () => {
    for (const wake of hub.waiting) wake();
  });
  let hasLeft = false;
  return {
    woken: (ms, signal) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          hub.waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        if (signal.aborted) return done();
        hub.waiting.add(done);
        signal.addEventListener('abort', done);
      }),
    leave() {
      if (hasLeft) return;
      hasLeft = true;
      hub.readers -= 1;
      if (hub.readers > 0) return;
      void hub.listener?.stop();
      hub.listener = null;
    },
  };
}
