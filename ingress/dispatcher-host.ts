import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from '../infra/observability/logger.ts';
import type { FromDispatcher, ToDispatcher } from './dispatcher-messages.ts';

const METRICS_MS = 2_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const LIVED_WELL_MS = 30_000;

/** The dispatcher in a thread of its own, started again whenever it dies. */
export interface DispatcherHost {
  isAlive(): boolean;
  committed(shards: readonly number[]): void;
  /** The thread's series as text; empty when it does not answer in time. */
  metricsText(): Promise<string>;
  stop(): Promise<void>;
}

export function startDispatcherThread(deps: { entry: URL; log: Logger }): DispatcherHost {
  const { entry, log } = deps;
  const asked = new Map<number, (text: string) => void>();
  const stopping = new AbortController();
  let thread: Worker | null = null;
  let lastId = 0;

  const say = (message: ToDispatcher) => thread?.postMessage(message);

  const live = (): Promise<number> =>
    new Promise((resolve) => {
      const worker = new Worker(entry, { name: 'dispatcher' });
      thread = worker;
      worker.on('message', (message: FromDispatcher) => asked.get(message.id)?.(message.text));
      worker.on('error', (error) => log.error({ err: error }, 'The dispatcher thread failed'));
      worker.on('exit', (code) => {
        thread = null;
        resolve(code);
      });
    });

  const run = async () => {
    let wait = FIRST_PAUSE_MS;
    while (!stopping.signal.aborted) {
      const began = performance.now();
      const code = await live();
      if (stopping.signal.aborted) return;
      wait = performance.now() - began > LIVED_WELL_MS ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, wait * 2);
      log.error({ code, restartMs: wait }, 'The dispatcher thread ended and is started again');
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    isAlive: () => thread !== null,
    committed: (shards) => say({ kind: 'committed', shards }),
    async metricsText() {
      if (thread === null) return '';
      const id = ++lastId;
      const answer = new Promise<string>((resolve) => asked.set(id, resolve));
      say({ kind: 'metrics', id });
      const text = await Promise.race([answer, pause(METRICS_MS, '', { ref: false })]);
      asked.delete(id);
      return text;
    },
    async stop() {
      stopping.abort();
      say({ kind: 'stop' });
      await running;
    },
  };
}
