import type { Plan } from '../../../workflows/contracts/plan.ts';
import type { AlertView } from './schemas.ts';

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
  alerts: Omit<AlertView, 'plan'>[] | null;
}

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

export const WEBHOOK_COLUMNS = `w.id, w.endpoint_id, e.name as endpoint_name, w.received_at, w.source_ip, w.origin, w.replay_of, w.state, w.failure, t.search, t.plan, a.alerts`;

/** Webhooks with text, endpoint and alerts joined: `w`, `t`, `e`, `a`. */
export const WEBHOOK_TABLES = `webhook w
  left join webhook_text t on t.id = w.id
  left join endpoint e on e.id = w.endpoint_id
  left join lateral (
    select jsonb_agg(jsonb_build_object('n', n, 'kind', kind, 'state', state, 'action', action, 'incidentId', incident_id, 'ticketId', ticket,
      'error', error, 'message', message, 'settledAt', to_char(settled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by n) as alerts,
      bool_or(state = 'failed') as has_failed, bool_or(state = 'open') as has_open, bool_or(state = 'held') as has_held, bool_or(state = 'processed') as has_processed
    from alert where alert.webhook_id = w.id
  ) a on true`;

/** The status that people see, from the webhook's state and its alerts' (design §2). */
export const STATUS = `case when w.state = 'failed' or a.has_failed then 'failed' when w.state = 'received' then 'received'
  when a.has_open then 'dispatched' when a.has_held then 'held' when a.has_processed then 'processed' else 'skipped' end`;

export const REFUSAL_COLUMNS = `r.id, r.endpoint_id, e.name as endpoint_name, r.at, r.source_ip, r.status, r.message`;
