import { z } from 'zod';
import { getStats } from '../stats/get.ts';
import { defineVerb } from '../verb.ts';

/** The day's numbers under the names that HookWise's `GET /api/stats` gave them. */
export const getHookwiseStats = defineVerb({
  name: 'hookwise.stats',
  role: 'viewer',
  input: z.object({}),
  run: async (context) => {
    const stats = await getStats.run(context, { query: { period: 'day' } });
    const all = stats.settled + stats.failed;
    return {
      created_today: stats.created,
      updated_today: stats.updated,
      closed_today: stats.closed,
      failed_today: stats.failed,
      dlq_today: 0,
      non_action_today: stats.skipped,
      success_rate: all === 0 ? 100 : Math.round((stats.settled / all) * 1000) / 10,
      avg_processing_time: stats.averageSeconds ?? 0,
    };
  },
});
