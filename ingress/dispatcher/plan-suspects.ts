import { BATCH_LIMITS, type ShardResult } from './plan-shard.ts';
import { failOldest, ONE_ROW, planCarefully } from './plan-carefully.ts';
import { readInbox } from './inbox-row.ts';
import type { DispatcherDeps } from './dispatcher.ts';
import type { PlanningMark } from './planning-mark.ts';

/** What a thread is told of those before it. */
export interface Inheritance {
  mark: SharedArrayBuffer;
  /** Shards that were planned when the last thread ended. */
  shards: readonly number[];
  /** Webhooks that ended too many planners, each with the words for that. */
  poison: ReadonlyMap<string, string>;
}

/**
 * Plans the rows that the last thread may have died of, one by one and with nothing beside them, so that one that ends its planner
 * is known; those that did so too often fail with their words. Ends early on a fault that has nothing to do with them.
 */
export async function planSuspects(
  { plan, logger }: Pick<DispatcherDeps, 'plan' | 'logger'>,
  { shards, poison }: Pick<Inheritance, 'shards' | 'poison'>,
  mark: PlanningMark,
  done: (result: ShardResult) => void,
): Promise<void> {
  try {
    for (const shard of shards) {
      for (let rows = 0; rows < BATCH_LIMITS.rows; rows += 1) {
        const [row] = (await readInbox(plan.pool, shard, 1)).rows;
        if (row === undefined) break;
        const words = poison.get(row.id);
        if (words !== undefined) {
          await failOldest(plan, shard, row.id, words);
          logger.error({ webhook: row.id }, 'A webhook that ended its planners is failed');
          continue;
        }
        mark.only(row.id);
        const result = await mark.during(shard, () => planCarefully(plan, shard, logger, ONE_ROW));
        mark.only(null);
        if (result.isBusy) break;
        done(result);
      }
    }
  } catch (error) {
    logger.warn({ err: error }, 'The rows the last planner may have died of could not be looked at');
  } finally {
    mark.only(null);
  }
}
