import { setTimeout as pause } from 'node:timers/promises';
import { SHARDS } from '../../infra/database/shard.ts';
import type { Logger } from '../../infra/observability/logger.ts';
import { inBackground, type Background } from '../background.ts';
import { startBellOutbox } from './bell-outbox.ts';
import { recordBatch, type DispatchMetrics } from './dispatch-metrics.ts';
import { freeHeld, shardsWithHeld } from './free-held.ts';
import { measureInbox, waitingShards } from './inbox-row.ts';
import { planCarefully } from './plan-carefully.ts';
import { BATCH_LIMITS, type PlanDeps, type ShardResult } from './plan-shard.ts';
import type { PlanningMark } from './planning-mark.ts';
import type { Ringer } from './ring.ts';

const PLANNERS = 2;
/** How often a dispatcher looks for rows that no wake-up told of. */
export const LOOK_EVERY_MS = 250;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** A shard just planned rests for twice as long as that took, within these bounds: rows that come one by one are planned together. */
const SHORTEST_REST_MS = 50;
const LONGEST_REST_MS = 200;

export interface DispatcherDeps {
  plan: PlanDeps;
  ringer: Ringer;
  metrics: DispatchMetrics;
  logger: Logger;
  lookEveryMs: number;
  mark: PlanningMark;
  /** Called after a commit that changed what people see. */
  changed?: () => void;
}

/** Plans what is in the inbox and rings what it raised, until stopped. Any number of them share the work shard by shard. */
export interface Dispatcher {
  /** Rows were just committed in these shards; without it they are found at the next look. */
  wake(shards: Iterable<number>): void;
  /** Ends after the batches under way. */
  stop(): Promise<void>;
}

/** Starts to dispatch. No fault of the database or of Temporal ends it: it goes on when they are back. */
export function startDispatcher(deps: DispatcherDeps): Dispatcher {
  const { plan, ringer, metrics, logger, lookEveryMs, mark, changed } = deps;
  const waiting = new Set<number>();
  const resting = new Set<number>();
  const running = new Map<number, Promise<void>>();
  let pauseMs = 0;
  let isStopped = false;

  const pump = (): void => {
    for (const shard of waiting) {
      if (isStopped || running.size >= PLANNERS) return;
      if (running.has(shard) || resting.has(shard)) continue;
      waiting.delete(shard);
      running.set(
        shard,
        planOne(shard).finally(() => {
          running.delete(shard);
          pump();
        }),
      );
    }
  };

  const wake = (shards: Iterable<number>): void => {
    for (const shard of shards) waiting.add(shard);
    pump();
  };

  const rest = (shard: number, tookMs: number): void => {
    resting.add(shard);
    setTimeout(
      () => {
        resting.delete(shard);
        pump();
      },
      Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, 2 * tookMs)),
    );
  };

  const planOne = async (shard: number): Promise<void> => {
    const began = performance.now();
    try {
      const result = await mark.during(shard, () => planCarefully(plan, shard, logger, BATCH_LIMITS));
      if (pauseMs > 0) logger.info('Planning goes on');
      pauseMs = 0;
      afterCommit(deps, result, performance.now() - began);
      if (result.kept > 0) outbox.raiseSoon();
      if (result.hasMore) waiting.add(shard);
      else rest(shard, performance.now() - began);
    } catch (error) {
      if (pauseMs === 0) logger.warn({ err: error, shard }, 'Planning failed; it is tried again');
      pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2));
      waiting.add(shard);
      await pause(pauseMs);
    }
  };

  const free = async (): Promise<void> => {
    for (const shard of await shardsWithHeld(plan.pool)) {
      const { freed, raised } = await freeHeld(plan, shard, new Date());
      if (freed > 0) changed?.();
      if (freed > 0) logger.info({ alerts: freed }, 'Held alerts were freed: nothing suppresses them any more');
      ringer.ring(raised);
    }
  };

  const measure = async (): Promise<void> => {
    const { depth, ageSeconds } = await measureInbox(plan.pool, SHARDS);
    metrics.inboxDepth.set(depth);
    metrics.inboxAge.set(ageSeconds);
  };

  const outbox = startBellOutbox(plan.pool, ringer, logger);
  metrics.bellsWaiting(() => ringer.waiting());
  const background: Background[] = [
    inBackground('look for waiting webhooks', lookEveryMs, logger, async () =>
      wake(await waitingShards(plan.pool, SHARDS)),
    ),
    inBackground('ring again', 1_000, logger, () => ringer.ringAgain()),
    inBackground('ring what is overdue', 1_000, logger, () => ringer.ringOverdue()),
    inBackground('free held alerts', 1_000, logger, free),
    inBackground('measure the inbox', 5_000, logger, measure),
    inBackground('ring closed gates', 60_000, logger, () => ringer.ringGates()),
  ];

  return {
    wake,
    async stop() {
      isStopped = true;
      await Promise.all(background.map((work) => work.stop()));
      await Promise.all(running.values());
      await outbox.stop();
      await ringer.stop();
    },
  };
}

/** Tells, counts and rings what one transaction planned. */
export function afterCommit(
  { ringer, metrics, changed }: Pick<DispatcherDeps, 'ringer' | 'metrics' | 'changed'>,
  result: ShardResult,
  tookMs: number,
): void {
  if (result.planned.length > 0) {
    changed?.();
    recordBatch(metrics, result, tookMs / 1000);
  }
  ringer.ring(result.raised);
}
