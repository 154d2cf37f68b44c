import { Link } from '../link.tsx';
import type { WebhookView } from '../../server/history/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';
import { RowMenuButton } from './row-menu-button.tsx';
import { StatusBadge } from './status-badge.tsx';
import { TicketNumber } from './ticket-number.tsx';

/** What was received, with what became of it and why not; on narrow screens each row is a card. */
export function HistoryTable({
  webhooks,
  isPicking = false,
}: {
  webhooks: readonly WebhookView[];
  isPicking?: boolean;
}) {
  return (
    <table className="list history">
      <thead>
        <tr>
          {isPicking && <th aria-label="Choose" />}
          <th>Webhook</th>
          <th>Status</th>
          <th>Error</th>
          <th>Ticket</th>
          <th>Source</th>
          <th>Received</th>
          {isPicking && <th aria-label="Actions" />}
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <Row key={webhook.requestId} webhook={webhook} isPicking={isPicking} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ webhook, isPicking }: { webhook: WebhookView; isPicking: boolean }) {
  const title = webhook.summary || webhook.message || webhook.error || webhook.requestId;
  return (
    <tr
      data-webhook={webhook.requestId}
      data-endpoint={webhook.endpointId}
      data-source={webhook.sourceIp}
      data-origin={webhook.origin}
    >
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
        <Link href={`/history/${webhook.requestId}`}>{title}</Link>
        <small className="quiet">
          {webhook.endpointName ?? 'an endpoint that is gone'}
          {webhook.alertCount > 1 && ` · ${webhook.alertCount} alerts`}
          {webhook.origin !== 'http' && ` · ${webhook.origin}`}
        </small>
      </td>
      <td data-label="Status">
        <StatusBadge status={webhook.status} action={webhook.action} />
      </td>
      <td data-label="Error" className="error-text">
        {webhook.error !== null && (
          <span className="fault clip" title={webhook.error}>
            {webhook.error}
          </span>
        )}
      </td>
      <td data-label="Ticket">
        <TicketNumber id={webhook.ticketId} url={webhook.ticketUrl} />
      </td>
      <td data-label="Source">{webhook.sourceIp}</td>
      <td data-label="Received">
        <TimeAgo at={webhook.receivedAt} />
      </td>
      {isPicking && (
        <td className="row-menu">
          <RowMenuButton label={`Actions for ${title}`} />
        </td>
      )}
    </tr>
  );
}
