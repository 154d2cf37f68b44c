import Link from 'next/link';
import type { IncidentDetail } from '../../server/incidents/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

const SHOWN = 12;

/** The last alerts of an incident. */
export function IncidentAlerts({ alerts, total }: { alerts: IncidentDetail['recentAlerts']; total: number }) {
  return (
    <section className="card stack" aria-label="Alerts">
      <h2>Last alerts</h2>
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
      {total > SHOWN && <small className="quiet">{(total - SHOWN).toLocaleString('en')} more.</small>}
    </section>
  );
}
