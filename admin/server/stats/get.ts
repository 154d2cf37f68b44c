import { z } from 'zod';
import { firstIdAt } from '../history/first-id.ts';
import { defineVerb } from '../verb.ts';

const PERIODS = { day: 1, week: 7, month: 30 } as const;

export const StatsQuery = z.strictObject({
  period: z.enum(['day', 'week', 'month'], 'must be day, week or month').default('day'),
});

export const StatsView = z
  .object({
    from: z.string(),
    accepted: z.int(),
    refused: z.int(),
    created: z.int(),
    updated: z.int(),
    closed: z.int(),
    reopened: z.int(),
    failed: z.int(),
    held: z.int(),
    skipped: z.int(),
    settled: z.int(),
    averageSeconds: z.number().nullable().meta({ description: 'From received to settled.' }),
  })
  .meta({ id: 'Stats' });
export type StatsView = z.output<typeof StatsView>;

/** Counts since the beginning of the UTC day, or of as many days back. Replays are left out; counted from the rows themselves. */
export const getStats = defineVerb({
  name: 'stats.get',
  role: 'viewer',
  input: z.object({ query: StatsQuery }),
  run: async (context, { query: { period } }): Promise<StatsView> => {
    const today = new Date(new Date().toISOString().slice(0, 10));
    const from = new Date(today.getTime() - (PERIODS[period] - 1) * 86_400_000);
    const id = firstIdAt(from);
    const [accepted, refused, alerts] = await Promise.all([
      context.pool.query<{ count: number }>(`select count(*) from webhook where id >= $1 and origin <> 'replay'`, [id]),
      context.pool.query<{ count: number }>('select count(*) from refusal where at >= $1', [from]),
      context.pool.query<Omit<StatsView, 'from' | 'accepted' | 'refused'>>(
        `select count(*) filter (where action = 'create') as created, count(*) filter (where action = 'update') as updated,
           count(*) filter (where action = 'close') as closed, count(*) filter (where action = 'reopen') as reopened,
           count(*) filter (where state = 'failed') as failed, count(*) filter (where state = 'held') as held,
           count(*) filter (where state = 'skipped') as skipped, count(*) filter (where state in ('processed', 'skipped')) as settled,
           round(avg(extract(epoch from settled_at - received_at)) filter (where state = 'processed'), 2)::float8 as "averageSeconds"
         from alert where webhook_id >= $1`,
        [id],
      ),
    ]);
    const [counts] = alerts.rows;
    if (!counts) throw new Error('A count without a row.');
    return {
      from: from.toISOString(),
      accepted: accepted.rows[0]?.count ?? 0,
      refused: refused.rows[0]?.count ?? 0,
      ...counts,
    };
  },
});
