import { Link } from '../link.tsx';
import { spanWords } from '../../lib/span-words.ts';
import type { SilenceView } from '../../server/heartbeats/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

/** When an endpoint was silent, for how long, with which ticket, and what ended it. */
export function SilenceTable({ silences }: { silences: readonly SilenceView[] }) {
  return (
    <table className="list" aria-label="Silences">
      <thead>
        <tr>
          <th>Silent since</th>
          <th>For</th>
          <th>Ticket</th>
          <th>Ended by</th>
        </tr>
      </thead>
      <tbody>
        {silences.map((silence) => (
          <tr key={silence.beganAt}>
            <td className="main">
              <TimeAgo at={silence.beganAt} />
              <small className="quiet">told {silence.told === 1 ? 'once' : `${silence.told} times`}</small>
            </td>
            <td data-label="For">
              {silence.endedAt !== null ? (
                spanWords(Date.parse(silence.endedAt) - Date.parse(silence.beganAt))
              ) : silence.isOpen ? (
                <span className="badge bad">silent still</span>
              ) : (
                <span className="quiet">not known</span>
              )}
            </td>
            <td data-label="Ticket">
              <Link href={`/incidents/${silence.incidentId}`}>
                {silence.ticketId === null ? 'Its incident' : `Ticket #${silence.ticketId}`}
              </Link>
            </td>
            <td data-label="Ended by">
              {silence.endedBy !== null ? (
                <Link href={`/history/${silence.endedBy}`}>
                  a webhook {silence.endedAt !== null && <TimeAgo at={silence.endedAt} />}
                </Link>
              ) : (
                <span className="quiet">{endWords(silence)}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function endWords({ endedAt, isOpen }: SilenceView): string {
  if (endedAt !== null) return 'a webhook that is not kept any more';
  return isOpen ? 'nothing yet' : 'a change of its settings';
}
