import { Link } from '../link.tsx';
import type { IncidentView } from '../../server/incidents/schemas.ts';
import { TicketLink } from './incident-list.tsx';
import { TimeAgo } from '../time-ago.tsx';

export function IncidentFacts({ incident }: { incident: IncidentView }) {
  return (
    <section className="card" aria-label="Facts">
      <dl className="facts">
        <dt>Ticket</dt>
        <dd>
          <TicketLink incident={incident} />
          {incident.ticketId === null && incident.lastTicketId !== null && (
            <span className="quiet"> (the last one)</span>
          )}
        </dd>
        <dt>Endpoint</dt>
        <dd>
          <Link href={`/endpoints/${incident.endpointId}`}>{incident.endpointName ?? 'gone'}</Link>
        </dd>
        {incident.company !== null && (
          <>
            <dt>Company</dt>
            <dd>{incident.company}</dd>
          </>
        )}
        <dt>Alerts</dt>
        <dd>{incident.alerts.toLocaleString('en')}</dd>
        <dt>Since</dt>
        <dd>
          <TimeAgo at={incident.createdAt} />
        </dd>
        <dt>Last change</dt>
        <dd>
          <TimeAgo at={incident.updatedAt} />
        </dd>
        {incident.nextTryAt !== null && (
          <>
            <dt>Next try</dt>
            <dd>
              <TimeAgo at={incident.nextTryAt} />
            </dd>
          </>
        )}
        {incident.acknowledgedBy !== null && (
          <>
            <dt>Acknowledged</dt>
            <dd>by {incident.acknowledgedBy}: no notes until the ticket is closed</dd>
          </>
        )}
        {incident.snoozedUntil !== null && (
          <>
            <dt>Snoozed</dt>
            <dd>
              until <TimeAgo at={incident.snoozedUntil} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
