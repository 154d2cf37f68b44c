import { Link } from '../link.tsx';
import type { WebhookDetail } from '../../server/history/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

export function WebhookFacts({ webhook }: { webhook: WebhookDetail }) {
  return (
    <section className="card" aria-label="Facts">
      <dl className="facts">
        <dt>Endpoint</dt>
        <dd>
          <Link href={`/endpoints/${webhook.endpointId}`}>{webhook.endpointName ?? 'gone'}</Link>
        </dd>
        <dt>Received</dt>
        <dd>
          <TimeAgo at={webhook.receivedAt} />
        </dd>
        <dt>Source</dt>
        <dd>
          <Link href={`/history?source=${encodeURIComponent(webhook.sourceIp)}`}>{webhook.sourceIp}</Link> (
          {webhook.origin})
        </dd>
        {webhook.httpStatus !== null && (
          <>
            <dt>Answered</dt>
            <dd>{webhook.httpStatus}</dd>
          </>
        )}
        {webhook.configVersion !== null && (
          <>
            <dt>Configuration</dt>
            <dd>version {webhook.configVersion}</dd>
          </>
        )}
        {webhook.replayOf !== null && (
          <>
            <dt>Replay of</dt>
            <dd>
              <Link href={`/history/${webhook.replayOf}`}>the recorded webhook</Link> ·{' '}
              <Link href={`/history/compare?left=${webhook.replayOf}&right=${webhook.requestId}`}>compare</Link>
            </dd>
          </>
        )}
        {webhook.replays.length > 0 && (
          <>
            <dt>Replays</dt>
            <dd>
              {webhook.replays.map((id, at) => (
                <Link key={id} href={`/history/${id}`} className="block">
                  replay {at + 1}
                </Link>
              ))}
            </dd>
          </>
        )}
        <dt>Request id</dt>
        <dd>
          <code>{webhook.requestId}</code>
        </dd>
      </dl>
    </section>
  );
}
