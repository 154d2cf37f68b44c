import { Link } from '../link.tsx';
import type { LedgerEntryView } from '../../server/ledger/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

const BY = {
  webhook: 'webhook',
  rule: 'rule',
  window: 'window',
  timer: 'timer',
  'ticket-system': 'ticket system',
  person: 'person',
  model: 'model',
  hookwise: 'HookWise',
} as const;
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** The incident's life, oldest first: what was decided and why, with the notes as they were written. */
export function Ledger({ entries }: { entries: readonly LedgerEntryView[] }) {
  if (entries.length === 0) return <p className="quiet">Nothing has happened yet: the first step is under way.</p>;
  return (
    <ol className="timeline" aria-label="Timeline">
      {entries.map((entry, index) => (
        <li key={index} data-kind={entry.kind} data-source={entry.source}>
          <p className="wrap">
            {entry.text}
            {entry.count > 1 && <b className="quiet"> {entry.count.toLocaleString('en')} times</b>}
          </p>
          <small className="quiet">
            <TimeAgo at={entry.at} />
            {entry.lastAt !== entry.at && (
              <>
                {' to '}
                <TimeAgo at={entry.lastAt} />
              </>
            )}
            {entry.ticket !== null && ` · ticket #${entry.ticket}`}
            {entry.webhooks.map((id) => (
              <span key={id}>
                {' · '}
                {UUID.test(id) ? (
                  <Link href={`/history/${id}`} className="inherit">
                    webhook
                  </Link>
                ) : (
                  id
                )}
              </span>
            ))}
          </small>
          <p className="cause">
            <span className="badge calm">{BY[entry.cause.by]}</span> <small className="wrap">{entry.cause.words}</small>
          </p>
          {[...(entry.note === null ? [] : [entry.note]), ...entry.unconfirmed].map((note) => (
            <details key={note.key}>
              <summary className="label">
                {note.visibility} note on #{note.ticket}
                {note !== entry.note && ', whose arrival nobody knows'}
              </summary>
              <p className="wrap note-text">{note.body}</p>
            </details>
          ))}
        </li>
      ))}
    </ol>
  );
}
