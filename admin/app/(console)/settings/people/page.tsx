import type { Metadata } from 'next';
import { NewPerson } from '../../../../components/settings/new-person.tsx';
import { PersonMenu } from '../../../../components/settings/person-menu.tsx';
import { Pager } from '../../../../components/pager.tsx';
import { TimeAgo } from '../../../../components/time-ago.tsx';
import { listOrFault } from '../../../../lib/list-page.ts';
import { pageContextFor } from '../../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../../lib/search-params.ts';
import { listUsers } from '../../../../server/users/list.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'People' };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContextFor('/settings/people');
  const search = readSearch(await searchParams, ['cursor']);
  const page = await listOrFault(runVerb(listUsers, context, { query: { ...search, limit: 100 } }));
  return (
    <>
      <div className="head">
        <p className="lead">
          Viewers look, operators act on tickets and incidents, admins change everything. A company limits what is seen.
        </p>
        <NewPerson />
      </div>
      {page.fault !== null && <p className="card fault">{page.fault}</p>}
      <table className="list">
        <thead>
          <tr>
            <th>Person</th>
            <th>Role</th>
            <th>Sign-in</th>
            <th>Last seen</th>
            <th aria-label="Actions" />
          </tr>
        </thead>
        <tbody>
          {page.items.map((person) => (
            <tr key={person.id}>
              <td className="main">
                <strong>{person.name}</strong>
                {person.id === context.actor.id && <span className="quiet"> (you)</span>}
                <small className="quiet">
                  {person.email}
                  {person.company !== null && ` · only ${person.company}`}
                </small>
              </td>
              <td data-label="Role">
                <span className={`badge ${person.disabled ? 'bad' : person.role === 'admin' ? 'busy' : 'calm'}`}>
                  {person.disabled ? 'disabled' : person.role}
                </span>
              </td>
              <td data-label="Sign-in">
                {person.hasSecondFactor ? 'two factors' : person.hasPassword ? 'password' : 'single sign-on'}
                {person.passkeys > 0 && ', passkey'}
              </td>
              <td data-label="Last seen">
                {person.lastSeenAt === null ? <span className="quiet">never</span> : <TimeAgo at={person.lastSeenAt} />}
                {person.sessions > 0 && <small className="quiet block">{person.sessions} open</small>}
              </td>
              <td>
                <PersonMenu person={person} isMe={person.id === context.actor.id} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pager path="/settings/people" search={search} nextCursor={page.nextCursor} />
    </>
  );
}
