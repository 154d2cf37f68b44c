import { Link } from '../link.tsx';
import type { HeartbeatView } from '../../server/heartbeats/schemas.ts';
import { Countdown } from '../countdown.tsx';
import { TimeAgo } from '../time-ago.tsx';

const STATES = {
  waiting: { tone: 'good', word: 'in time' },
  overdue: { tone: 'bad', word: 'silent' },
  quiet: { tone: 'warn', word: 'late in maintenance' },
  blind: { tone: 'warn', word: 'not known' },
  off: { tone: 'calm', word: 'off' },
} as const;

/** How each heartbeat is, when it was last heard and when it is due. */
export function HeartbeatTable({ heartbeats }: { heartbeats: readonly HeartbeatView[] }) {
  return (
    <table className="list">
      <thead>
        <tr>
          <th>Endpoint</th>
          <th>State</th>
          <th>Last seen</th>
          <th>Next deadline</th>
          <th>Incident</th>
        </tr>
      </thead>
      <tbody>
        {heartbeats.map((heartbeat) => (
          <tr key={heartbeat.endpointId}>
            <td className="main">
              <Link href={`/endpoints/${heartbeat.endpointId}`}>{heartbeat.endpointName}</Link>
              <small className="quiet">
                {heartbeat.expectation} ·{' '}
                <Link href={`/heartbeats/${heartbeat.endpointId}`} className="inherit">
                  silences
                </Link>{' '}
                ·{' '}
                <a href={heartbeat.workflowUrl} target="_blank" rel="noreferrer" className="inherit">
                  workflow
                </a>
              </small>
              {heartbeat.reason !== null && <small className="quiet">{heartbeat.reason}</small>}
            </td>
            <td data-label="State">
              <span className={`badge ${STATES[heartbeat.state].tone}`}>{STATES[heartbeat.state].word}</span>
              {heartbeat.told > 1 && <small className="quiet block">told {heartbeat.told} times</small>}
            </td>
            <td data-label="Last seen">
              {heartbeat.lastSeenAt === null ? (
                <span className="quiet">never</span>
              ) : (
                <Link href={`/history?endpoint=${heartbeat.endpointId}`} className="inherit">
                  <TimeAgo at={heartbeat.lastSeenAt} />
                </Link>
              )}
            </td>
            <td data-label="Next deadline">
              {heartbeat.nextDeadlineAt === null ? (
                <span className="quiet">none</span>
              ) : (
                <Countdown at={heartbeat.nextDeadlineAt} />
              )}
            </td>
            <td data-label="Incident">
              <LastIncident heartbeat={heartbeat} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The incident of the present silence, or that of the last one, which is over. */
function LastIncident({ heartbeat: { incident, lastIncident } }: { heartbeat: HeartbeatView }) {
  if (lastIncident === null) return <span className="quiet">none</span>;
  return (
    <span>
      <Link href={`/incidents/${lastIncident.id}`}>
        {lastIncident.ticketId === null ? lastIncident.phase : `Ticket #${lastIncident.ticketId}`}
      </Link>
      {incident === null && <small className="quiet block">over</small>}
    </span>
  );
}
