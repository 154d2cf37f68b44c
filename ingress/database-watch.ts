import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../infra/observability/logger.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;

/** Whether Postgres can be used, so that nobody waits for one that cannot. */
export interface DatabaseWatch {
  isReachable(): boolean;
  /** Tells that a call found Postgres unreachable: all is refused at once from now, until a probe succeeds. */
  lost(error: unknown): void;
  /** Called each time Postgres becomes unreachable. */
  onLost(listener: () => void): void;
  /** Probes until Postgres is there for the first time. Rejects with a fault that `isFatal`. */
  start(): Promise<void>;
  stop(): void;
}

/** Watches over Postgres with `probe`, which prepares it as well: it begins as unreachable and ends with the first probe that succeeds. */
export function createDatabaseWatch(deps: {
  probe: () => Promise<void>;
  isFatal: (error: unknown) => boolean;
  log: Logger;
}): DatabaseWatch {
  const { probe, isFatal, log } = deps;
  const listeners: (() => void)[] = [];
  const stopping = new AbortController();
  let isReachable = false;
  let probing: Promise<void> | null = null;

  const probeUntilThere = async () => {
    for (let wait = FIRST_PAUSE_MS; !stopping.signal.aborted; wait = Math.min(LONGEST_PAUSE_MS, wait * 2)) {
      try {
        await probe();
        isReachable = true;
        log.info('Postgres can be used');
        return;
      } catch (error) {
        if (isFatal(error)) throw error;
        if (wait === FIRST_PAUSE_MS) log.warn({ err: error }, 'Postgres cannot be used yet');
      }
      await pause(wait, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  };
  const begin = () => {
    probing ??= probeUntilThere().finally(() => (probing = null));
    return probing;
  };

  return {
    isReachable: () => isReachable,
    onLost: (listener) => void listeners.push(listener),
    lost(error) {
      if (!isReachable) return;
      isReachable = false;
      log.error({ err: error }, 'Postgres cannot be reached: webhooks are refused until it is back');
      for (const listener of listeners) listener();
      begin().catch((fault: unknown) =>
        log.fatal({ err: fault }, 'Postgres came back in a state that cannot keep what was accepted'),
      );
    },
    start: begin,
    stop: () => stopping.abort(),
  };
}
