import Link from 'next/link';
import type { WebhookView } from '../../server/history/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';
import { StatusBadge } from './status-badge.tsx';

/** What was received, with what became of it; on narrow screens each row is a card. */
export function HistoryTable({
  webhooks,
  isPicking = false,
}: {
  webhooks: readonly WebhookView[];
  isPicking?: boolean;
}) {
  return (
    <table className="list">
      <thead>
        <tr>
          {isPicking && <th aria-label="Choose" />}
          <th>Webhook</th>
          <th>Status</th>
          <th>Ticket</th>
          <th>Source</th>
          <th>Received</th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <tr key={webhook.requestId}>
            {isPicking && (
              <td className="pick">
                <input
                  type="checkbox"
                  name="pick"
                  value={webhook.requestId}
                  aria-label={`Choose ${webhook.summary || webhook.requestId}`}
                />
              </td>
            )}
            <td className="main">
              <Link href={`/history/${webhook.requestId}`}>
                {webhook.summary || webhook.message || webhook.error || webhook.requestId}
              </Link>
              <small className="quiet">
                {webhook.endpointName ?? 'an endpoint that is gone'}
                {webhook.alertCount > 1 && ` · ${webhook.alertCount} alerts`}
                {webhook.origin !== 'http' && ` · ${webhook.origin}`}
              </small>
              {webhook.error !== null && webhook.summary && <small className="fault clip">{webhook.error}</small>}
            </td>
            <td data-label="Status">
              <StatusBadge status={webhook.status} action={webhook.action} />
            </td>
            <td data-label="Ticket">
              {webhook.ticketId === null ? <span className="quiet">none</span> : `#${webhook.ticketId}`}
            </td>
            <td data-label="Source">{webhook.sourceIp}</td>
            <td data-label="Received">
              <TimeAgo at={webhook.receivedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
