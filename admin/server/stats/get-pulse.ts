import { z } from 'zod';
import { oneOfCompany } from '../company-limit.ts';
import { PHASES } from '../incidents/schemas.ts';
import { defineVerb } from '../verb.ts';

const SHOWN = 8;

const StuckIncident = z.object({
  id: z.uuid(),
  summary: z.string(),
  phase: z.enum(PHASES),
  error: z.string().nullable(),
  since: z.string(),
});
const StaleEndpoint = z.object({
  id: z.uuid(),
  name: z.string(),
  lastSeenAt: z.string().nullable(),
});

export const PulseView = z
  .object({
    inboxDepth: z.int().meta({ description: 'Accepted webhooks that are not planned yet.' }),
    dispatchLagSeconds: z.number().meta({ description: 'Age of the oldest of them; 0 when there is none.' }),
    openIncidents: z.int(),
    stuckIncidents: z.int().meta({ description: 'Blocked, uncertain or waiting for the ticket system.' }),
    stuck: z.array(StuckIncident).meta({ description: `The ${SHOWN} longest stuck.` }),
    staleEndpoints: z.int().meta({ description: 'Enabled, and silent for longer than their heartbeat, or a day.' }),
    stale: z.array(StaleEndpoint),
    endpoints: z.int(),
  })
  .meta({ id: 'Pulse' });
export type PulseView = z.output<typeof PulseView>;

/** What needs a look right now: what waits, what is stuck, who is silent. */
export const getPulse = defineVerb({
  name: 'stats.pulse',
  role: 'viewer',
  ofCompany: true,
  input: z.object({}),
  run: async (context): Promise<PulseView> => {
    const { pool } = context;
    const endpoints = oneOfCompany(context, 'endpoint e', 0);
    const ownIncidents = oneOfCompany(context, 'incident i', 0);
    const [inbox, incidents, stuck, stale] = await Promise.all([
      pool.query<{ depth: number; lag: number }>(
        `select count(*)::int as depth, coalesce(greatest(0, extract(epoch from clock_timestamp() - min(received_at))), 0)::float8 as lag
         from webhook w left join endpoint e on e.id = w.endpoint_id where w.state = 'received' and ${endpoints.where}`,
        endpoints.values,
      ),
      pool.query<{ open: number; stuck: number }>(
        `select count(*)::int as open, count(*) filter (where phase in ('blocked', 'uncertain', 'waiting'))::int as stuck
         from incident i where phase not in ('closed', 'abandoned') and ${ownIncidents.where}`,
        ownIncidents.values,
      ),
      pool.query<PulseView['stuck'][number]>(
        `select id, summary, phase, error, to_char(coalesce(error_at, updated_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
         from incident i where phase in ('blocked', 'uncertain', 'waiting') and ${ownIncidents.where}
         order by coalesce(error_at, updated_at) limit ${SHOWN}`,
        ownIncidents.values,
      ),
      pool.query<{ id: string; name: string; last_seen_at: Date | null; stale: boolean; all: number; silent: number }>(
        `select *, count(*) over ()::int as "all", (count(*) filter (where stale) over ())::int as silent from (
           select e.id, e.name, s.last_seen_at,
             e.enabled and not e.draft and case
               when (e.config -> 'heartbeat' ->> 'enabled')::boolean and coalesce(e.config -> 'heartbeat' ->> 'cron', '') <> ''
                 then coalesce(h.phase = 'overdue' and (s.last_seen_at > h.last_seen_at + interval '1 second') is not true, false)
               else coalesce(s.last_seen_at, e.created_at) < clock_timestamp() - case
                 when (e.config -> 'heartbeat' ->> 'enabled')::boolean then (e.config -> 'heartbeat' ->> 'timeoutMinutes')::int else 1440 end * interval '1 minute' end as stale
           from endpoint e left join endpoint_seen s on s.endpoint_id = e.id left join heartbeat h on h.endpoint_id = e.id
           where e.deleted_at is null and ${endpoints.where}
         ) judged order by stale desc, last_seen_at nulls first, name limit ${SHOWN}`,
        endpoints.values,
      ),
    ]);
    return {
      inboxDepth: inbox.rows[0]?.depth ?? 0,
      dispatchLagSeconds: Math.round((inbox.rows[0]?.lag ?? 0) * 10) / 10,
      openIncidents: incidents.rows[0]?.open ?? 0,
      stuckIncidents: incidents.rows[0]?.stuck ?? 0,
      stuck: stuck.rows,
      staleEndpoints: stale.rows[0]?.silent ?? 0,
      stale: stale.rows
        .filter((row) => row.stale)
        .map(({ id, name, last_seen_at }) => ({ id, name, lastSeenAt: last_seen_at?.toISOString() ?? null })),
      endpoints: stale.rows[0]?.all ?? 0,
    };
  },
});
