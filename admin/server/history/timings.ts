import type { WebhookDetail, WebhookView } from './schemas.ts';

/** When a webhook was received, planned, settled, and first on a ticket, from what is kept of it. */
export function timingsOf(webhook: WebhookView, plannedAt: Date | null): WebhookDetail['timings'] {
  const times = (alerts: WebhookView['alerts']) => alerts.flatMap(({ settledAt }) => settledAt ?? []).sort();
  const settled = times(webhook.alerts);
  const isSettled = webhook.alerts.length > 0 && settled.length === webhook.alerts.length;
  const settledAt = isSettled ? (settled.at(-1) ?? null) : null;
  return {
    receivedAt: webhook.receivedAt,
    plannedAt: plannedAt?.toISOString() ?? null,
    settledAt,
    firstTicketAt: times(webhook.alerts.filter(({ ticketId }) => ticketId !== null))[0] ?? null,
    settledAfterMs: settledAt === null ? null : Date.parse(settledAt) - Date.parse(webhook.receivedAt),
  };
}
