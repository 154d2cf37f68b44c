import type { AdminContext } from '../context.ts';
import { ticketLink } from '../tickets/ticket-link.ts';
import type { IncidentView } from './schemas.ts';

/** A row of `incident` with its endpoint's name, as the lists read it. */
export interface IncidentRow {
  id: string;
  key: string;
  endpoint_id: string;
  endpoint_name: string | null;
  connection: string;
  name: string;
  summary: string;
  phase: IncidentView['phase'];
  want: IncidentView['want'];
  company: string | null;
  priority: string | null;
  episode: number;
  ticket_id: string | null;
  last_ticket_id: string | null;
  ticket_url: string | null;
  alerts: number;
  error: string | null;
  next_try_at: Date | null;
  acknowledged_by: string | null;
  acknowledged_at: Date | null;
  snoozed_by: string | null;
  snoozed_until: Date | null;
  analysis_id: string | null;
  opened_at: Date | null;
  closed_at: Date | null;
  created_at: Date;
  updated_at: Date;
  /** `updated_at` with the digits that a Date drops. */
  at: string;
}

export const INCIDENT_COLUMNS = `i.id, i.key, i.endpoint_id, e.name as endpoint_name, i.connection, i.name, i.summary, i.phase, i.want, i.company, i.priority,
  i.episode, i.ticket_id, i.last_ticket_id, i.ticket_url, i.alerts, i.error, i.next_try_at, i.acknowledged_by, i.acknowledged_at, i.snoozed_by, i.snoozed_until, i.analysis_id, i.opened_at, i.closed_at, i.created_at, i.updated_at, i.updated_at::text as at`;

export function presentIncident(context: AdminContext, row: IncidentRow): IncidentView {
  const ticket = row.ticket_id ?? row.last_ticket_id;
  return {
    id: row.id,
    key: row.key,
    endpointId: row.endpoint_id,
    endpointName: row.endpoint_name,
    name: row.name,
    summary: row.summary,
    phase: row.phase,
    want: row.want,
    company: row.company,
    priority: row.priority,
    episode: row.episode,
    ticketId: row.ticket_id,
    lastTicketId: row.last_ticket_id,
    ticketUrl: ticket === null ? null : ticketLink(context, row.connection, ticket, row.ticket_url),
    alerts: row.alerts,
    error: row.error,
    nextTryAt: iso(row.next_try_at),
    acknowledgedBy: row.acknowledged_by,
    acknowledgedAt: iso(row.acknowledged_at),
    ...snoozeOf(row),
    isAnalysing: row.analysis_id !== null,
    openedAt: iso(row.opened_at),
    closedAt: iso(row.closed_at),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    workflowUrl: workflowUrl(context, row.key),
  };
}

/** A snooze that is over is not shown any more. */
function snoozeOf(row: IncidentRow): Pick<IncidentView, 'snoozedBy' | 'snoozedUntil'> {
  const isSnoozed = row.snoozed_until !== null && row.snoozed_until.getTime() > Date.now();
  return isSnoozed
    ? { snoozedBy: row.snoozed_by, snoozedUntil: iso(row.snoozed_until) }
    : { snoozedBy: null, snoozedUntil: null };
}

/** The page of a workflow in the Temporal Web UI. */
export function workflowUrl(context: Pick<AdminContext, 'config'>, workflowId: string): string {
  return `${temporalUiUrl(context)}/${encodeURIComponent(workflowId)}`;
}

/** The list of workflows in the Temporal Web UI. */
export function temporalUiUrl({ config }: Pick<AdminContext, 'config'>): string {
  return `${config.TEMPORAL_UI_URL}/namespaces/${encodeURIComponent(config.TEMPORAL_NAMESPACE)}/workflows`;
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
