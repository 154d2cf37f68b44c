import { loadSettings } from '../../infra/database/config-store.ts';
import { dropPartitions } from '../../infra/database/drop-partitions.ts';
import { foldStatistics } from '../../infra/statistics/fold-statistics.ts';
import { ensurePartitions, PARTITION_DAYS_AHEAD } from '../../infra/database/partitions.ts';
import type { UpkeepEnd } from '../../workflows/contracts/upkeep.ts';
import type { ActivityDeps } from '../deps.ts';

const DELIVERY_KEY_HOURS = 24;
const SLICE = 5_000;

/** Upkeep of the database. Each may run twice. */
export function createUpkeepActivities(deps: ActivityDeps) {
  const retentionDays = async (): Promise<number> => {
    const kept = (await loadSettings(deps.pool)).all['logRetentionDays'];
    return typeof kept === 'number' ? kept : deps.settings.retentionDays;
  };
  return {
    /**
     * Partitions of the coming days made; what is over is counted into the statistics, which outlive it; partitions past
     * retention dropped. A day with anything unsettled is kept and named.
     */
    keepPartitions: async (input: { now: string }): Promise<Pick<UpkeepEnd, 'made' | 'dropped' | 'kept'>> => {
      const now = new Date(input.now);
      const made = await ensurePartitions(deps.pool, PARTITION_DAYS_AHEAD, now);
      await foldStatistics(deps.pool, now);
      const { dropped, kept } = await dropPartitions(deps.pool, await retentionDays(), now);
      for (const { day, reason } of kept) deps.logger.warn({ day, reason }, 'A day past retention is kept');
      return { made, dropped, kept };
    },

    /** Delivery ids older than 24 hours and refusals past retention, deleted in slices. */
    forgetOldRows: async (input: { now: string }): Promise<UpkeepEnd['forgotten']> => {
      const forget = async (table: 'delivery_key' | 'refusal', before: Date): Promise<number> => {
        let gone = 0;
        for (;;) {
          const { rowCount } = await deps.pool.query(
            `delete from ${table} where ctid = any(array(select ctid from ${table} where at < $1 limit ${SLICE}))`,
            [before],
          );
          gone += rowCount ?? 0;
          if ((rowCount ?? 0) < SLICE) return gone;
        }
      };
      const at = Date.parse(input.now);
      return {
        deliveryKeys: await forget('delivery_key', new Date(at - DELIVERY_KEY_HOURS * 3_600_000)),
        refusals: await forget('refusal', new Date(at - (await retentionDays()) * 86_400_000)),
      };
    },
  };
}

export type UpkeepActivities = ReturnType<typeof createUpkeepActivities>;
