import type { PlannedAlert } from '../../../workflows/contracts/plan.ts';
import type { AdminContext } from '../context.ts';
import { ticketLink } from '../tickets/ticket-link.ts';
import type { AlertView, WebhookView } from './schemas.ts';
import type { AlertOfRow, RefusalRow, WebhookRow } from './webhook-row.ts';

type Links = Pick<AdminContext, 'config'>;

/** A webhook as a list shows it (the descriptions of its tickets left out), or `whole`. */
export function presentWebhook(context: Links, row: WebhookRow, form: 'listed' | 'whole'): WebhookView {
  const plans = new Map(row.plan?.alerts.map((planned) => [planned.n, planOf(planned, form)]));
  const alerts = (row.alerts ?? []).map((alert) => presentAlert(context, alert, plans.get(alert.n) ?? null));
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
    ticketUrl: alerts.find(({ ticketId }) => ticketId === row.ticket)?.ticketUrl ?? null,
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
    ticketUrl: null,
    error: row.message,
    message: null,
    summary: null,
    replayOf: null,
    alertCount: 0,
    alerts: [],
  };
}

function presentAlert(
  context: Links,
  { connection, knownUrl, ...alert }: AlertOfRow,
  plan: AlertView['plan'],
): AlertView {
  const { ticketId } = alert;
  const ticketUrl =
    ticketId === null || connection === null ? null : ticketLink(context, connection, ticketId, knownUrl);
  return { ...alert, ticketUrl, plan };
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
