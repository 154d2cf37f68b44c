import type { Metadata } from 'next';
import { ActButton } from '../../../../components/settings/act-button.tsx';
import { TimeAgo } from '../../../../components/time-ago.tsx';
import { pageContext } from '../../../../lib/page-context.ts';
import { listSessions } from '../../../../server/users/sessions.ts';
import { runVerb } from '../../../../server/verb.ts';
import { endMine, endMyOthers } from './actions.ts';

export const metadata: Metadata = { title: 'My account' };

export default async function AccountPage() {
  const context = await pageContext();
  const { items } = await runVerb(listSessions, context, { id: 'me' });
  return (
    <section className="card stack" aria-label="Sessions">
      <div className="head">
        <h2>Where {context.actor.name} is signed in</h2>
        {items.length > 1 && (
          <ActButton label="End all others" done="The other sessions have ended." action={endMyOthers} />
        )}
      </div>
      <ul className="rows">
        {items.map((session) => (
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
