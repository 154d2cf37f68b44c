import { z } from 'zod';
import { firstIdAt } from '../../../infra/history/first-id.ts';
import { companyLimit } from '../company-limit.ts';
import { defineVerb } from '../verb.ts';
import { ACTIVITY_HOURS } from './activity-hours.ts';
import { readReadings } from './read-readings.ts';
import { within } from './within.ts';

const HOUR_MS = 3_600_000;

const ActivityHour = z.object({
  at: z.string(),
  received: z.int().meta({ description: 'Without replays.' }),
  opened: z.int().meta({ description: 'Tickets created or reopened.' }),
  failed: z.int().meta({ description: 'Failed alerts, webhooks that could not be planned, and refusals.' }),
});
export type ActivityHour = z.output<typeof ActivityHour>;

export const ActivityView = z
  .object({ items: z.array(z.object({ endpointId: z.uuid(), hours: z.array(ActivityHour) })) })
  .meta({ id: 'EndpointActivity' });
export type ActivityView = z.output<typeof ActivityView>;

/** The last 24 hours of every endpoint that had a webhook in them, hour by hour and oldest first. */
export const getActivity = defineVerb({
  name: 'stats.activity',
  role: 'viewer',
  ofCompany: true,
  input: z.object({}),
  run: async (context): Promise<ActivityView> => {
    const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
    const from = thisHour - (ACTIVITY_HOURS - 1) * HOUR_MS;
    const { webhooks, refusals } = await readReadings(context.pool, new Date(from), 'hour');
    const values: unknown[] = [];
    const given = (value: unknown) => `$${values.push(value)}`;
    const folded = (source: string, times: readonly Date[]) =>
      `select endpoint_id, at, accepted, created + reopened, failed + refused from statistic
       where unit = 'hour' and source ${source} and at = any(${given(times)}::timestamptz[])`;
    const own =
      context.actor.company === null
        ? 'true'
        : `endpoint_id in (select e.id from endpoint e where ${companyLimit(context, 'endpoint e', given)})`;
    const found = await context.pool.query<{ id: string; at: Date; received: number; opened: number; failed: number }>(
      `select endpoint_id as id, at, sum(received)::int as received, sum(opened)::int as opened, sum(failed)::int as failed from (
         select endpoint_id, date_trunc('hour', received_at, 'UTC') as at, count(*) filter (where origin <> 'replay') as received, 0 as opened, count(*) filter (where state = 'failed') as failed
         from webhook where ${within(webhooks.raw, 'id', firstIdAt, given)} group by 1, 2
         union all
         select endpoint_id, date_trunc('hour', received_at, 'UTC'), 0, count(*) filter (where action in ('create', 'reopen')), count(*) filter (where state = 'failed')
         from alert where ${within(webhooks.raw, 'webhook_id', firstIdAt, given)} group by 1, 2
         union all
         select endpoint_id, date_trunc('hour', at, 'UTC'), 0, 0, count(*) from refusal where ${within(refusals.raw, 'at', (time) => time, given)} group by 1, 2
         union all ${folded(`<> 'refusal'`, webhooks.hours)}
         union all ${folded(`= 'refusal'`, refusals.hours)}
       ) counted where ${own} group by 1, 2`,
      values,
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
