import { Link } from '../link.tsx';
import type { TicketView } from '../../server/tickets/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

/** Tickets of the desk; on narrow screens each row is a card. */
export function TicketTable({ tickets }: { tickets: readonly TicketView[] }) {
  return (
    <table className="list">
      <thead>
        <tr>
          <th>Ticket</th>
          <th>Status</th>
          <th>Board</th>
          <th className="number">Notes</th>
          <th>Last change</th>
        </tr>
      </thead>
      <tbody>
        {tickets.map((ticket) => (
          <tr key={ticket.id}>
            <td className="main">
              <Link href={`/tickets/${ticket.id}`}>
                #{ticket.id} {ticket.summary}
              </Link>
              <small className="quiet">{[ticket.company, ticket.priority].filter(Boolean).join(' · ')}</small>
            </td>
            <td data-label="Status">
              <span className={`badge ${ticket.closed ? 'good' : 'hot'}`}>{ticket.status}</span>
            </td>
            <td data-label="Board">{ticket.board}</td>
            <td data-label="Notes" className="number">
              {ticket.noteCount}
            </td>
            <td data-label="Last change">
              <TimeAgo at={ticket.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
