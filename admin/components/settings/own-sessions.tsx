import { endMine, endMyOthers } from '../../app/(console)/settings/account/actions.ts';
import type { SessionView } from '../../server/users/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';
import { ActButton } from './act-button.tsx';

/** Where somebody is signed in, and how to end that. */
export function OwnSessions({ name, sessions }: { name: string; sessions: readonly SessionView[] }) {
  return (
    <section className="card stack" aria-label="Sessions">
      <div className="head">
        <h2>Where {name} is signed in</h2>
        {sessions.length > 1 && (
          <ActButton label="End all others" done="The other sessions have ended." action={endMyOthers} />
        )}
      </div>
      <ul className="rows">
        {sessions.map((session) => (
          <li key={session.id}>
            <span>
              {session.userAgent ?? 'A browser that says nothing of itself'}
              <small className="quiet block">
                {session.sourceIp ?? 'no address'} · last seen <TimeAgo at={session.lastSeenAt} /> · until{' '}
                <TimeAgo at={session.expiresAt} />
              </small>
            </span>
            {session.current ? (
              <span className="badge good">this one</span>
            ) : (
              <ActButton label="End" done="The session has ended." action={endMine.bind(null, session.id)} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
