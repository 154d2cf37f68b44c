import type { TicketDetail } from '../../server/tickets/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

/** Everything written on a ticket, oldest first. */
export function Notes({ notes }: { notes: TicketDetail['notes'] }) {
  return (
    <section className="card stack" aria-label="Notes">
      <h2>Notes</h2>
      {notes.length === 0 && <p className="quiet">Nothing is written yet.</p>}
      <ol className="timeline">
        {notes.map((note) => (
          <li key={note.id} data-kind={note.purpose}>
            <p className="wrap">{note.body}</p>
            <small className="quiet">
              {note.author} · {note.visibility} {note.purpose} · <TimeAgo at={note.at} />
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}
