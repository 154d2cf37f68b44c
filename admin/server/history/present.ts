import type { Plan } from '../../../workflows/contracts/plan.ts';
import { rollUpAction, rollUpStatus } from './roll-up.ts';
import type { AlertView, WebhookView } from './schemas.ts';
import type { RefusalRow, WebhookRow } from './webhook-row.ts';

export function presentWebhook(row: WebhookRow): WebhookView {
  const alerts = (row.alerts ?? []).map((alert) => ({ ...alert, plan: planOf(row.plan, alert.n) }));
  return {
    requestId: row.id,
    endpointId: row.endpoint_id,
    endpointName: row.endpoint_name,
    receivedAt: row.received_at.toISOString(),
    sourceIp: row.source_ip,
    origin: row.origin,
    status: rollUpStatus(row.state, alerts),
    action: rollUpAction(alerts),
    ticketId: alerts.find(({ ticketId }) => ticketId !== null)?.ticketId ?? null,
    error: row.failure ?? alerts.find(({ error }) => error !== null)?.error ?? null,
    message: alerts.find(({ plan }) => plan?.explanation)?.plan?.explanation ?? alerts[0]?.message ?? null,
    summary: alerts.find(({ plan }) => plan !== null)?.plan?.ticket['summary']?.toString() ?? row.search,
    replayOf: row.replay_of,
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
    alerts: [],
  };
}

function planOf(plan: Plan | null, n: number): AlertView['plan'] {
  const planned = plan?.alerts.find((alert) => alert.n === n);
  if (!planned) return null;
  const { disposition, reason, explanation, triggerValue, matchedRules, companySource, ticket, mapped } = planned;
  return { disposition, reason, explanation, triggerValue, matchedRules, companySource, ticket: { ...ticket }, mapped };
}
