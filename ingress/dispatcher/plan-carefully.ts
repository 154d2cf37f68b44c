import { tellPlanned } from '../../infra/database/live-feed.ts';
import { inTransaction } from '../../infra/database/pool.ts';
import type { Logger } from '../../infra/observability/logger.ts';
import { readInbox } from './inbox-row.ts';
import { BATCH_LIMITS, planShard, type BatchLimits, type PlanDeps, type ShardResult } from './plan-shard.ts';
import { lockShard } from './shard-lock.ts';
import { markFailed } from './write-plans.ts';

export const ONE_ROW: BatchLimits = { ...BATCH_LIMITS, rows: 1 };

/**
 * `planShard`, but a webhook whose plan the database does not take fails alone, with the database's words: its batch mates are
 * planned. Throws only faults that have nothing to do with the data.
 */
export async function planCarefully(
  deps: PlanDeps,
  shard: number,
  logger: Logger,
  limits: BatchLimits,
): Promise<ShardResult> {
  try {
    return await planShard(deps, shard, limits);
  } catch (error) {
    if (!isDataFault(error)) throw error;
    logger.warn({ err: error, shard }, 'The database refused a batch of plans; its webhooks are planned one by one');
  }
  const [suspect] = (await readInbox(deps.pool, shard, 1)).rows;
  try {
    return { ...(await planShard(deps, shard, ONE_ROW)), hasMore: true };
  } catch (error) {
    if (!isDataFault(error)) throw error;
    await failOldest(deps, shard, suspect?.id, `The plan could not be kept: ${(error as Error).message}`);
    return { isBusy: false, hasMore: true, planned: [], alerts: [], raised: [], kept: 0 };
  }
}

/** Fails the suspect if it is still the shard's oldest: otherwise another dispatcher was there, and the fault was of another row. */
export async function failOldest(
  deps: PlanDeps,
  shard: number,
  suspect: string | undefined,
  failure: string,
): Promise<void> {
  await inTransaction(deps.pool, async (tx) => {
    if (!(await lockShard(tx, shard))) return;
    const [row] = (await readInbox(tx, shard, 1)).rows;
    if (row === undefined || row.id !== suspect) return;
    await markFailed(tx, [{ id: row.id, failure: failure.replaceAll('\u0000', '') }]);
    await tellPlanned(tx, [row]);
  });
}

/** Classes 22 (data), 23 (constraint) and 54 (limits), but no missing partition. */
function isDataFault(error: unknown): boolean {
  const { code, routine } = error as { code?: unknown; routine?: unknown };
  return typeof code === 'string' && /^(22|23|54)/.test(code) && routine !== 'ExecFindPartition';
}
