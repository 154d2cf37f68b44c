import { z } from 'zod';
import { firstIdAt } from '../../../infra/history/first-id.ts';
import { oneOfCompany } from '../company-limit.ts';
import { defineVerb } from '../verb.ts';
import { ACTIVITY_HOURS } from './activity-hours.ts';

const HOUR_MS = 3_600_000;

const ActivityHour = z.object({
  at: z.string(),
  received: z.int(),
  opened: z.int().meta({ description: 'Tickets created or reopened.' }),
  failed: z.int().meta({ description: 'Failed alerts, webhooks that could not be planned, and refusals.' }),
});
export type ActivityHour = z.output<typeof ActivityHour>;

export const ActivityView = z
  .object({ items: z.array(z.object({ endpointId: z.uuid(), hours: z.array(ActivityHour) })) })
  .meta({ id: 'EndpointActivity' });
export type ActivityView = z.output<typeof ActivityView>;

/** The last 24 hours of every endpoint that had a webhook in them, hour by hour and oldest first, in one grouped query. */
export const getActivity = defineVerb({
  name: 'stats.activity',
  role: 'viewer',
  ofCompany: true,
  input: z.object({}),
  run: async (context): Promise<ActivityView> => {
    const own = oneOfCompany(context, 'endpoint e', 2);
    const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
    const from = thisHour - (ACTIVITY_HOURS - 1) * HOUR_MS;
    const found = await context.pool.query<{ id: string; at: Date; received: number; opened: number; failed: number }>(
      `select endpoint_id as id, at, sum(received)::int as received, sum(opened)::int as opened, sum(failed)::int as failed from (
         select endpoint_id, date_trunc('hour', received_at, 'UTC') as at, count(*) as received, 0 as opened, count(*) filter (where state = 'failed') as failed
         from webhook where id >= $1 group by 1, 2
         union all
         select endpoint_id, date_trunc('hour', received_at, 'UTC'), 0, count(*) filter (where action in ('create', 'reopen')), count(*) filter (where state = 'failed')
         from alert where webhook_id >= $1 group by 1, 2
         union all
         select endpoint_id, date_trunc('hour', at, 'UTC'), 0, 0, count(*) from refusal where at >= $2 group by 1, 2
       ) counted where ${own.values.length === 0} or endpoint_id in (select e.id from endpoint e where ${own.where}) group by 1, 2`,
      [firstIdAt(new Date(from)), new Date(from), ...own.values],
    );
    const byEndpoint = Map.groupBy(found.rows, ({ id }) => id);
    return {
      items: [...byEndpoint].map(([endpointId, rows]) => {
        const known = new Map(rows.map((row) => [row.at.getTime(), row]));
        return {
          endpointId,
          hours: Array.from({ length: ACTIVITY_HOURS }, (_, hour) => {
            const at = from + hour * HOUR_MS;
            const { received = 0, opened = 0, failed = 0 } = known.get(at) ?? {};
            return { at: new Date(at).toISOString(), received, opened, failed };
          }),
        };
      }),
    };
  },
});
