import Link from 'next/link';
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

export function TicketLink({ incident }: { incident: IncidentView }) {
  const ticket = incident.ticketId ?? incident.lastTicketId;
  if (ticket === null) return <span className="quiet">none</span>;
  return incident.ticketUrl === null ? <>#{ticket}</> : <a href={incident.ticketUrl}>#{ticket}</a>;
}
