import { Link } from '../link.tsx';
import type { IncidentView } from '../../server/incidents/schemas.ts';
import { PhaseBadge } from './phase-badge.tsx';
import { TimeAgo } from '../time-ago.tsx';

/** Incidents as a table; on narrow screens each row is a card. */
export function IncidentList({ incidents }: { incidents: IncidentView[] }) {
  if (incidents.length === 0) return <p className="card empty quiet">No incident matches these filters.</p>;
  return (
    <table className="list">
      <thead>
        <tr>
          <th>Summary</th>
          <th>Phase</th>
          <th>Ticket</th>
          <th className="number">Alerts</th>
          <th>Last change</th>
          <th>Workflow</th>
        </tr>
      </thead>
      <tbody>
        {incidents.map((incident) => (
          <tr key={incident.id}>
            <td className="main">
              <Link href={`/incidents/${incident.id}`}>{incident.summary}</Link>
              <small className="quiet">{[incident.endpointName, incident.company].filter(Boolean).join(' · ')}</small>
              {incident.error !== null && <small className="fault clip">{incident.error}</small>}
            </td>
            <td data-label="Phase">
              <PhaseBadge phase={incident.phase} />
            </td>
            <td data-label="Ticket">
              <TicketLink incident={incident} />
            </td>
            <td data-label="Alerts" className="number">
              {incident.alerts.toLocaleString('en')}
            </td>
            <td data-label="Last change">
              <TimeAgo at={incident.updatedAt} />
            </td>
            <td data-label="Workflow">
              <a href={incident.workflowUrl} target="_blank" rel="noreferrer">
                Temporal
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A ticket of the built-in desk is a page of this console, by whatever name people reach it. */
export function TicketLink({ incident }: { incident: IncidentView }) {
  const ticket = incident.ticketId ?? incident.lastTicketId;
  if (ticket === null) return <span className="quiet">none</span>;
  if (incident.ticketUrl === null) return <>#{ticket}</>;
  const own = `/tickets/${ticket}`;
  return URL.parse(incident.ticketUrl)?.pathname === own ? (
    <Link href={own}>#{ticket}</Link>
  ) : (
    <a href={incident.ticketUrl} target="_blank" rel="noreferrer">
      #{ticket}
    </a>
  );
}
