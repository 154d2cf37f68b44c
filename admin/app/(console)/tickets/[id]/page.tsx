import type { Metadata } from 'next';
import { Link } from '../../../../components/link.tsx';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { DeskActions } from '../../../../components/tickets/desk-actions.tsx';
import { Notes } from '../../../../components/tickets/notes.tsx';
import { TicketFacts } from '../../../../components/tickets/ticket-facts.tsx';
import { roleIncludes } from '../../../../../infra/auth/roles.ts';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { getTicket } from '../../../../server/tickets/get.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Ticket' };

export default async function TicketPage({ params }: { params: Promise<{ id: string }> }) {
  const context = await pageContext();
  const ticket = await orNotFound(runVerb(getTicket, context, await params));
  return (
    <>
      <AutoRefresh seconds={4} />
      <p className="crumbs">
        <Link href="/tickets">Tickets</Link>
      </p>
      <div className="head">
        <h1>
          #{ticket.id} {ticket.summary}
        </h1>
        <span className={`badge ${ticket.closed ? 'good' : 'hot'}`}>{ticket.status}</span>
      </div>
      <div className="columns">
        <div className="stack">
          <section className="card stack" aria-label="Description">
            <h2>Description</h2>
            <div className="wrap">{ticket.description}</div>
          </section>
          <Notes notes={ticket.notes} />
        </div>
        <aside className="stack">
          <TicketFacts ticket={ticket} />
          {roleIncludes(context.actor.role, 'operator') && (
            <DeskActions ticket={{ id: ticket.id, closed: ticket.closed, incidentId: ticket.incidentId }} />
          )}
        </aside>
      </div>
    </>
  );
}
