import type { Queryable } from './pool.ts';
import type { OpenIncident } from '../../workflows/domain/close-routes.ts';

/** The open incidents with these summaries: those that have or want a ticket, or whose opens are not settled yet. */
export async function readOpenIncidents(
  db: Queryable,
  summaries: readonly { endpointId: string; digest: string }[],
): Promise<OpenIncident[]> {
  if (summaries.length === 0) return [];
  const { rows } = await db.query<OpenIncident>({
    name: 'open-incidents-by-summary',
    text: `select i.key, i.endpoint_id as "endpointId", i.summary_digest as "summaryDigest", i.customer, i.ticket_id as "ticketId"
             from (select distinct * from unnest($1::uuid[], $2::text[])) v (endpoint_id, digest)
             join incident i on i.endpoint_id = v.endpoint_id and i.summary_digest = v.digest
            where i.ticket_id is not null or i.want = 'open'
               or exists (select from alert a where a.incident_id = i.id and not a.settled and a.kind <> 'close')
            order by i.created_at, i.id`,
    values: [summaries.map(({ endpointId }) => endpointId), summaries.map(({ digest }) => digest)],
  });
  return rows;
}
