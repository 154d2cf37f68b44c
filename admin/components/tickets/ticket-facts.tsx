import { Link } from '../link.tsx';
import type { TicketView } from '../../server/tickets/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

const FIELDS = ['board', 'company', 'priority', 'type', 'subtype', 'item', 'severity', 'impact'] as const;

export function TicketFacts({ ticket }: { ticket: TicketView }) {
  return (
    <section className="card" aria-label="Facts">
      <dl className="facts">
        {FIELDS.filter((name) => ticket[name] !== null).map((name) => (
          <div key={name} className="pair">
            <dt>{name.charAt(0).toUpperCase() + name.slice(1)}</dt>
            <dd>{ticket[name]}</dd>
          </div>
        ))}
        <dt>Made</dt>
        <dd>
          <TimeAgo at={ticket.createdAt} />
        </dd>
        <dt>Last change</dt>
        <dd>
          <TimeAgo at={ticket.updatedAt} /> by {ticket.updatedBy}
        </dd>
        {ticket.incidentId !== null && (
          <>
            <dt>Incident</dt>
            <dd>
              <Link href={`/incidents/${ticket.incidentId}`}>Open its incident</Link>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
