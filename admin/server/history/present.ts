import type { PlannedAlert } from '../../../workflows/contracts/plan.ts';
import type { AlertView, WebhookView } from './schemas.ts';
import type { RefusalRow, WebhookRow } from './webhook-row.ts';

/** A webhook as a list shows it (the descriptions of its tickets left out), or `whole`. */
export function presentWebhook(row: WebhookRow, form: 'listed' | 'whole'): WebhookView {
  const plans = new Map(row.plan?.alerts.map((planned) => [planned.n, planOf(planned, form)]));
  const alerts = (row.alerts ?? []).map((alert) => ({ ...alert, plan: plans.get(alert.n) ?? null }));
  return {
    requestId: row.id,
    endpointId: row.endpoint_id,
    endpointName: row.endpoint_name,
    receivedAt: row.received_at.toISOString(),
    sourceIp: row.source_ip,
    origin: row.origin,
    status: row.status,
    action: row.action ?? 'none',
    ticketId: row.ticket,
    error: row.failure ?? row.error,
    message: alerts.find(({ plan }) => plan?.explanation)?.plan?.explanation ?? alerts[0]?.message ?? null,
    summary:
      alerts.find(({ plan }) => plan !== null)?.plan?.ticket['summary']?.toString() ??
      row.search?.split('\n')[0] ??
      null,
    replayOf: row.replay_of,
    alertCount: row.alert_count,
    alerts,
  };
}

/** A refused request reads as a failed webhook without alerts. */
export function presentRefusal(row: RefusalRow): WebhookView {
  return {
    requestId: row.id,
    endpointId: row.endpoint_id,
    endpointName: row.endpoint_name,
    receivedAt: row.at.toISOString(),
    sourceIp: row.source_ip,
    origin: 'refused',
    status: 'failed',
    action: 'none',
    ticketId: null,
    error: row.message,
    message: null,
    summary: null,
    replayOf: null,
    alertCount: 0,
    alerts: [],
  };
}

function planOf(planned: PlannedAlert, form: 'listed' | 'whole'): AlertView['plan'] {
  const { disposition, reason, explanation, triggerValue, matchedRules, companySource, ticket, mapped } = planned;
  const { description, ...listed } = ticket;
  return {
    disposition,
    reason,
    explanation,
    triggerValue,
    matchedRules,
    companySource,
    ticket: form === 'listed' ? listed : { ...listed, description },
    mapped: form === 'listed' ? {} : mapped,
  };
}
