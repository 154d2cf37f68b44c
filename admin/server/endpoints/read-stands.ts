import { readOpenIncidents } from '../../../infra/database/open-incidents.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import type { Plan } from '../../../workflows/contracts/plan.ts';
import type { IncidentStand } from '../../../workflows/domain/alert-effect.ts';
import { createCloseRoutes, isUnnamedClose, type CloseRoutes } from '../../../workflows/domain/close-routes.ts';

/** An incident as a dry run meets it; the last two say where its ticket can be seen. */
export interface KnownIncident extends IncidentStand {
  key: string;
  connection: string;
  ticketUrl: string | null;
}

/** The incidents a plan may touch, and where its closes go that name no customer. */
export async function readStands(
  db: Queryable,
  endpointId: string,
  plan: Plan,
): Promise<{ stands: Map<string, KnownIncident>; routes: CloseRoutes }> {
  const unnamed = plan.alerts
    .filter(isUnnamedClose)
    .map(({ summaryDigest }) => ({ endpointId, digest: summaryDigest }));
  const open = await readOpenIncidents(db, unnamed);
  const keys = [...new Set([...plan.alerts.map(({ incidentKey }) => incidentKey), ...open.map(({ key }) => key)])];
  const { rows } = await db.query<Omit<KnownIncident, 'closedAt'> & { closedAt: Date | null }>(
    `select i.id as "incidentId", i.key, i.connection, i.ticket_id as "ticketId", i.last_ticket_id as "lastTicketId",
            i.ticket_url as "ticketUrl", i.closed_at as "closedAt",
            i.ticket_id is null and (i.want = 'open' or i.posting_at is not null
              or exists (select from alert a where a.incident_id = i.id and a.state = 'open' and not a.settled and a.kind <> 'close')) as "isAsked"
       from incident i where i.key = any($1)`,
    [keys],
  );
  const known = rows.map((row) => ({ ...row, closedAt: row.closedAt?.toISOString() ?? null }));
  return { stands: new Map(known.map((one) => [one.key, one])), routes: createCloseRoutes(open) };
}
