import type { Metadata } from 'next';
import Link from 'next/link';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { TimeAgo } from '../../../../components/time-ago.tsx';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { getTicket } from '../../../../server/tickets/get.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Ticket' };

export default async function TicketPage({ params }: { params: Promise<{ id: string }> }) {
  const ticket = await orNotFound(runVerb(getTicket, await pageContext(), await params));
  return (
    <>
      <AutoRefresh seconds={5} />
      <p className="crumbs">
        <Link href="/tickets">Tickets</Link>
      </p>
      <div className="head">
        <h1>
          #{ticket.id} {ticket.summary}
        </h1>
        <span className={`badge ${ticket.closed ? 'good' : 'hot'}`}>{ticket.status}</span>
      </div>
      <p className="quiet">
        {[ticket.board, ticket.company, ticket.priority].filter(Boolean).join(' · ')} · made{' '}
        <TimeAgo at={ticket.createdAt} />
        {ticket.incidentId !== null && (
          <>
            {' · '}
            <Link href={`/incidents/${ticket.incidentId}`}>its incident</Link>
          </>
        )}
      </p>
      <pre className="card code wrap">{ticket.description}</pre>
      <h2>Notes</h2>
      {ticket.notes.length === 0 && <p className="card empty quiet">No note yet.</p>}
      <ol className="timeline" aria-label="Notes">
        {ticket.notes.map((note) => (
          <li key={note.id} data-kind={note.purpose}>
            <p className="wrap">{note.body}</p>
            <small className="quiet">
              {note.author} · {note.purpose} · {note.visibility} · <TimeAgo at={note.at} />
            </small>
          </li>
        ))}
      </ol>
    </>
  );
}
