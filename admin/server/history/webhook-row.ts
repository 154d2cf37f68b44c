import type { Plan } from '../../../workflows/contracts/plan.ts';
import type { AlertView, WebhookView } from './schemas.ts';

/** A received webhook with its alerts, as one query reads it. */
export interface WebhookRow {
  id: string;
  endpoint_id: string;
  endpoint_name: string | null;
  received_at: Date;
  source_ip: string;
  origin: 'http' | 'replay' | 'test';
  replay_of: string | null;
  state: 'received' | 'planned' | 'failed';
  failure: string | null;
  search: string | null;
  plan: Plan | null;
  alerts: AlertOfRow[] | null;
  alert_count: number;
  status: WebhookView['status'];
  action: WebhookView['action'] | null;
  ticket: string | null;
  error: string | null;
}

/** An alert with where its incident's tickets are. */
export type AlertOfRow = Omit<AlertView, 'plan' | 'ticketUrl'> & { connection: string | null; knownUrl: string | null };

/** A refused request of a known endpoint. */
export interface RefusalRow {
  id: string;
  endpoint_id: string;
  endpoint_name: string | null;
  at: Date;
  source_ip: string;
  status: number;
  message: string;
}

/** The status that people see, from the webhook's state and its alerts' (design §2). */
export const STATUS = `case when w.state = 'failed' or a.has_failed then 'failed' when w.state = 'received' then 'received'
  when a.has_open then 'dispatched' when a.has_held then 'held' when a.has_processed then 'processed' else 'skipped' end`;

const COLUMNS = `w.id, w.endpoint_id, e.name as endpoint_name, w.received_at, w.source_ip, w.origin, w.replay_of, w.state, w.failure, t.search,
  ${STATUS} as status, a.alerts, a.alert_count, a.action, a.ticket, a.error`;

/** A webhook whole. */
export const DETAIL_COLUMNS = `${COLUMNS}, t.plan`;

/** A row of the list: of a webhook that was split, the first alerts alone are told. */
export const LISTED_ALERTS = 20;
export const LIST_COLUMNS = `${COLUMNS}, jsonb_build_object('alerts', coalesce(jsonb_path_query_array(t.plan, '$.alerts[0 to ${LISTED_ALERTS - 1}]'), '[]')) as plan`;

/** Webhooks with text, endpoint and at most `alerts` of their alerts joined: `w`, `t`, `e`, `a`. */
export const webhookTables = (alerts: number) => `webhook w
  left join webhook_text t on t.id = w.id
  left join endpoint e on e.id = w.endpoint_id
  left join lateral (
    select jsonb_agg(jsonb_build_object('n', n, 'kind', kind, 'state', state, 'action', action, 'incidentId', incident_id, 'ticketId', ticket,
      'connection', i.connection, 'knownUrl', case when ticket in (i.ticket_id, i.last_ticket_id) then i.ticket_url end,
      'error', alert.error, 'message', message, 'settledAt', to_char(settled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by n) filter (where n < ${alerts}) as alerts,
      count(*) as alert_count,
      (array_agg(action order by array_position(array['create', 'reopen', 'close', 'update', 'none'], action)))[1] as action,
      (array_agg(ticket order by n) filter (where ticket is not null))[1] as ticket,
      (array_agg(alert.error order by n) filter (where alert.error is not null))[1] as error,
      bool_or(state = 'failed') as has_failed, bool_or(state = 'open') as has_open, bool_or(state = 'held') as has_held, bool_or(state = 'processed') as has_processed
    from alert left join incident i on i.id = alert.incident_id where alert.webhook_id = w.id
  ) a on true`;

export const REFUSAL_COLUMNS = `r.id, r.endpoint_id, e.name as endpoint_name, r.at, r.source_ip, r.status, r.message`;
