import { z } from 'zod';
import { defineVerb } from '../verb.ts';
import { readBuckets } from './read-buckets.ts';

const DAY_MS = 86_400_000;
const PERIODS = { day: 1, week: 7, month: 30 } as const;

export const StatsQuery = z.strictObject({
  period: z.enum(['day', 'week', 'month'], 'must be day, week or month').default('day'),
});

export const StatsBucket = z.object({
  at: z.string().meta({ description: 'When the bucket begins.' }),
  accepted: z.int(),
  created: z.int(),
  updated: z.int(),
  closed: z.int(),
  failed: z.int(),
  held: z.int(),
});
export type StatsBucket = z.output<typeof StatsBucket>;

export const StatsView = z
  .object({
    from: z.string(),
    accepted: z.int(),
    refused: z.int(),
    created: z.int(),
    updated: z.int(),
    closed: z.int(),
    reopened: z.int(),
    failed: z.int().meta({ description: 'Failed alerts, and webhooks that could not be planned.' }),
    held: z.int(),
    skipped: z.int(),
    settled: z.int(),
    averageSeconds: z.number().nullable().meta({ description: 'From received to settled.' }),
    buckets: z.array(StatsBucket).meta({ description: 'Hours of the day, days of the week or month, oldest first.' }),
  })
  .meta({ id: 'Stats' });
export type StatsView = z.output<typeof StatsView>;

/** Counts since the beginning of the UTC day, or of as many days back, whole and by hour or day; also of days that retention has dropped. Replays are left out of `accepted`. */
export const getStats = defineVerb({
  name: 'stats.get',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ query: StatsQuery }),
  run: async (context, { query: { period } }): Promise<StatsView> => {
    const today = new Date(new Date().toISOString().slice(0, 10));
    const from = new Date(today.getTime() - (PERIODS[period] - 1) * DAY_MS);
    const buckets = await readBuckets(context, from, period === 'day' ? 'hour' : 'day');
    const step = period === 'day' ? DAY_MS / 24 : DAY_MS;
    const known = new Map(buckets.map((bucket) => [Date.parse(bucket.at), bucket]));
    const sum = (name: 'reopened' | 'skipped' | 'processed' | 'refused' | 'seconds' | keyof Omit<StatsBucket, 'at'>) =>
      buckets.reduce((total, bucket) => total + bucket[name], 0);
    const processed = sum('processed');
    return {
      from: from.toISOString(),
      accepted: sum('accepted'),
      refused: sum('refused'),
      created: sum('created'),
      updated: sum('updated'),
      closed: sum('closed'),
      reopened: sum('reopened'),
      failed: sum('failed'),
      held: sum('held'),
      skipped: sum('skipped'),
      settled: processed + sum('skipped'),
      averageSeconds: processed === 0 ? null : Math.round((sum('seconds') / processed) * 100) / 100,
      buckets: Array.from({ length: (PERIODS[period] * DAY_MS) / step }, (_, at) => {
        const begin = from.getTime() + at * step;
        const { accepted = 0, created = 0, updated = 0, closed = 0, failed = 0, held = 0 } = known.get(begin) ?? {};
        return { at: new Date(begin).toISOString(), accepted, created, updated, closed, failed, held };
      }),
    };
  },
});
