import type { Metadata } from 'next';
import Link from 'next/link';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { Pager } from '../../../components/pager.tsx';
import { TimeAgo } from '../../../components/time-ago.tsx';
import { pageContext } from '../../../lib/page-context.ts';
import { listTickets } from '../../../server/tickets/list.ts';
import { runVerb } from '../../../server/verb.ts';

export const metadata: Metadata = { title: 'Tickets' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TicketsPage({ searchParams }: Props) {
  const given = (await searchParams)['cursor'];
  const cursor = typeof given === 'string' && /^[\w-]+$/.test(given) ? { cursor: given } : {};
  const { items, nextCursor } = await runVerb(listTickets, await pageContext(), { query: { limit: 50, ...cursor } });
  return (
    <>
      <AutoRefresh seconds={5} />
      <div className="head">
        <h1>Tickets of the desk</h1>
      </div>
      {items.length === 0 && (
        <p className="card empty quiet">No ticket yet. The desk is used where no ConnectWise is configured.</p>
      )}
      {items.length > 0 && (
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
            {items.map((ticket) => (
              <tr key={ticket.id}>
                <td className="main">
                  <Link href={`/tickets/${ticket.id}`}>
                    #{ticket.id} {ticket.summary}
                  </Link>
                  {ticket.company !== null && <small className="quiet">{ticket.company}</small>}
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
      )}
      <Pager path="/tickets" search={cursor} nextCursor={nextCursor} />
    </>
  );
}
