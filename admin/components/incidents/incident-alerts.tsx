import { Link } from '../link.tsx';
import type { IncidentDetail } from '../../server/incidents/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

const SHOWN = 12;

/** The last alerts of an incident, and the way to all its webhooks. */
export function IncidentAlerts({ incident: { id, recentAlerts: alerts } }: { incident: IncidentDetail }) {
  return (
    <section className="card stack" aria-label="Alerts">
      <div className="head">
        <h2>Last alerts</h2>
        {alerts.length > 0 && <Link href={`/history?q=${id}`}>All webhooks</Link>}
      </div>
      {alerts.length === 0 && (
        <p className="quiet">None is kept any more: webhooks are dropped after the days of retention.</p>
      )}
      <ul className="plain">
        {alerts.slice(0, SHOWN).map((alert) => (
          <li key={`${alert.requestId}-${alert.n}`}>
            <span className={`dot ${alert.kind}`} aria-hidden="true" />
            <span>
              <Link href={`/history/${alert.requestId}`} className="clip">
                {alert.message}
              </Link>
              <small className="quiet">
                {alert.kind} · {alert.state}
                {alert.action !== 'none' && ` (${alert.action})`} · <TimeAgo at={alert.receivedAt} />
              </small>
              {alert.error !== null && <small className="fault clip">{alert.error}</small>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
