import { z } from 'zod';
import { IdInput } from '../ids.ts';
import { defineVerb } from '../verb.ts';
import { findIncident } from './find.ts';
import { presentIncident } from './present.ts';
import type { IncidentDetail } from './schemas.ts';

const MOST = 500;

/** One incident whole from Postgres: also one that Temporal has forgotten. The newest 500 lines of the timeline, oldest first. */
export const getIncident = defineVerb({
  name: 'incident.get',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: IdInput }),
  run: async (context, { id }): Promise<IncidentDetail> => {
    const row = await findIncident(context, context.pool, id);
    const [timeline, alerts, orders, analyses] = await Promise.all([
      context.pool.query<IncidentDetail['timeline'][number]>(
        `select ${instant('at')}, episode, kind, text, data - 'body' - 'unconfirmed' as data from
         (select * from incident_event where incident_id = $1 order by id desc limit ${MOST}) newest order by id`,
        [id],
      ),
      context.pool.query<IncidentDetail['recentAlerts'][number]>(
        `select webhook_id as "requestId", n, kind, state, action, ticket as "ticketId", error, message, ${instant('received_at', 'receivedAt')}
         from alert where incident_id = $1 order by seq desc, n desc limit 50`,
        [id],
      ),
      context.pool.query<IncidentDetail['orders'][number]>(
        `select id, kind, asked_by as "askedBy", ${instant('asked_at', 'askedAt')}, state, answer, ${instant('done_at', 'doneAt')}
         from incident_order where incident_id = $1 order by asked_at desc, id desc limit 50`,
        [id],
      ),
      context.pool.query<IncidentDetail['analyses'][number]>(
        `select id, ticket_id as "ticketId", reason, asked_by as "askedBy", ${instant('asked_at', 'askedAt')}, state,
           ${instant('finished_at', 'finishedAt')}, model, prompt_version as "promptVersion", text, error, remedy, tokens
         from incident_analysis where incident_id = $1 order by asked_at desc, id desc limit 20`,
        [id],
      ),
    ]);
    return {
      ...presentIncident(context, row),
      timeline: timeline.rows,
      recentAlerts: alerts.rows,
      orders: orders.rows,
      analyses: analyses.rows,
    };
  },
});

/** A timestamp column as an ISO text in UTC. */
function instant(column: string, name = column): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "${name}"`;
}
