import { Link } from '../link.tsx';
import { listHistory } from '../../server/history/list.ts';
import { runVerb, type VerbContext } from '../../server/verb.ts';
import { StatusBadge } from '../history/status-badge.tsx';
import { TimeAgo } from '../time-ago.tsx';

const SHOWN = 8;

/** The last webhooks of one endpoint. */
export async function RecentOfEndpoint({ context, endpointId }: { context: VerbContext; endpointId: string }) {
  const { items } = await runVerb(listHistory, context, { query: { endpoint: endpointId, limit: SHOWN } });
  return (
    <section className="card stack" aria-label="Last webhooks">
      <div className="head">
        <h2>Last webhooks</h2>
        <Link href={`/history?endpoint=${endpointId}`}>All</Link>
      </div>
      {items.length === 0 && <p className="quiet">None yet. Send a sample; it appears here within a second.</p>}
      <ul className="rows">
        {items.map((webhook) => (
          <li key={webhook.requestId}>
            <span>
              <Link href={`/history/${webhook.requestId}`} className="clip">
                {webhook.summary ?? webhook.error ?? webhook.message ?? webhook.requestId}
              </Link>
              <small className="quiet">
                <TimeAgo at={webhook.receivedAt} />
              </small>
            </span>
            <StatusBadge status={webhook.status} action={webhook.action} />
          </li>
        ))}
      </ul>
    </section>
  );
}
