import { Worker, type ResourceLimits } from 'node:worker_threads';
import type { Logger } from '../../infra/observability/logger.ts';
import type { Inheritance } from './plan-suspects.ts';
import { createPlanningMark } from './planning-mark.ts';
import { createPoisonList } from './poison-list.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

/** The memory of a planner. */
export const PLANNER_MEMORY: ResourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 48 };
const RESTART_MS = 1_000;
const ANSWER_MS = 2_000;

/** The dispatcher beside the ingress, in a thread of its own that is started again when it dies. */
export interface DispatcherThread {
  /** Rows were committed in these shards. */
  accepted(shards: number[]): void;
  /** Its series in Prometheus text; empty when it does not answer within two seconds. */
  metrics(): Promise<string>;
  /** When it last began to run; null while it does not. */
  runningSince(): Date | null;
  /** Ends it after its work under way, or by force after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts the thread with a memory limit of its own: planning never takes the time or the memory of accepting. A webhook that ends
 * its planner again and again is failed, with the reason, by the thread that follows.
 */
export function startDispatcherThread(logger: Logger, resourceLimits: ResourceLimits): DispatcherThread {
  const asked = new Map<number, (text: string) => void>();
  let asks = 0;
  let worker: Worker;
  let since: Date | null = null;
  let isStopping = false;
  let ended: () => void = () => undefined;
  const mark = createPlanningMark();
  const poison = createPoisonList();
  let shards: number[] = [];
  let reason = '';

  const begin = (): void => {
    worker = new Worker(new URL('dispatcher-thread.ts', import.meta.url), {
      name: 'dispatcher',
      resourceLimits,
      workerData: { mark: mark.buffer, shards, poison: poison.failures() } satisfies Inheritance,
    });
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'ready') since = new Date();
      else if (message.kind === 'metrics') asked.get(message.id)?.(message.text);
    });
    worker.on('error', (error) => {
      reason = error.message;
      logger.error({ err: error }, 'The dispatcher thread died');
    });
    worker.on('exit', () => {
      since = null;
      ended();
      if (isStopping) return;
      const suspects = mark.take();
      shards = suspects.shards;
      if (suspects.webhookId !== null) poison.note(suspects.webhookId, reason);
      logger.warn('The dispatcher thread ended; it is started again');
      setTimeout(() => isStopping || begin(), RESTART_MS);
    });
  };
  const tell = (message: ToThread): void => worker.postMessage(message);
  begin();

  return {
    accepted: (shards) => tell({ kind: 'accepted', shards }),
    metrics: () =>
      new Promise((resolve) => {
        const id = asks++;
        const finish = (text: string): void => {
          clearTimeout(timer);
          asked.delete(id);
          resolve(text);
        };
        const timer = setTimeout(() => finish(''), ANSWER_MS);
        asked.set(id, finish);
        tell({ kind: 'metrics', id });
      }),
    runningSince: () => since,
    async stop(graceMs) {
      isStopping = true;
      const exited = new Promise<void>((resolve) => (ended = resolve));
      if (since === null) return void (await worker.terminate());
      tell({ kind: 'stop' });
      const timer = setTimeout(() => void worker.terminate(), graceMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
