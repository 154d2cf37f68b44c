import type { Metadata } from 'next';
import { IconBan } from '@tabler/icons-react';
import { ConfirmButton } from '../../../../components/confirm-button.tsx';
import { NewApiKeyButton } from '../../../../components/settings/new-api-key.tsx';
import { Pager } from '../../../../components/pager.tsx';
import { TimeAgo } from '../../../../components/time-ago.tsx';
import { SCOPES } from '../../../../../infra/auth/scopes.ts';
import { listOrFault } from '../../../../lib/list-page.ts';
import { pageContextFor } from '../../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../../lib/search-params.ts';
import { listApiKeys } from '../../../../server/api-keys/verbs.ts';
import type { ApiKeyView } from '../../../../server/api-keys/schemas.ts';
import { runVerb } from '../../../../server/verb.ts';
import { endKey } from './actions.ts';

export const metadata: Metadata = { title: 'API keys' };

export default async function KeysPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContextFor('/settings/keys');
  const search = readSearch(await searchParams, ['cursor']);
  const page = await listOrFault(runVerb(listApiKeys, context, { query: { ...search, limit: 100 } }));
  return (
    <>
      <div className="head">
        <p className="lead">
          For scripts and other systems. A key is told once, when it is made; only its digest is kept.
        </p>
        <NewApiKeyButton scopes={SCOPES} />
      </div>
      {page.fault !== null && <p className="card fault">{page.fault}</p>}
      {page.items.length === 0 && page.fault === null && <p className="card empty quiet">No key yet.</p>}
      {page.items.length > 0 && (
        <table className="list">
          <thead>
            <tr>
              <th>Key</th>
              <th>Role</th>
              <th>Last used</th>
              <th>Ends</th>
              <th aria-label="Actions" />
            </tr>
          </thead>
          <tbody>
            {page.items.map((key) => (
              <Row key={key.id} apiKey={key} />
            ))}
          </tbody>
        </table>
      )}
      <Pager path="/settings/keys" search={search} nextCursor={page.nextCursor} />
    </>
  );
}

function Row({ apiKey: key }: { apiKey: ApiKeyView }) {
  return (
    <tr>
      <td className="main">
        <strong>{key.name}</strong> <code className="quiet">{key.prefix}…</code>
        <small className="quiet">
          by {key.createdBy}
          {key.company !== null && ` · only ${key.company}`}
          {key.scopes.length > 0 && ` · ${key.scopes.join(', ')}`}
        </small>
      </td>
      <td data-label="Role">{key.role}</td>
      <td data-label="Last used">{key.lastUsedAt === null ? 'never' : <TimeAgo at={key.lastUsedAt} />}</td>
      <td data-label="Ends">
        {key.revokedAt !== null ? (
          <span className="badge bad">revoked</span>
        ) : key.expiresAt === null ? (
          <span className="quiet">never</span>
        ) : (
          <TimeAgo at={key.expiresAt} />
        )}
      </td>
      <td>
        {key.revokedAt === null && (
          <span className="tools row-actions">
            <ConfirmButton
              label={`Revoke ${key.name}`}
              verb="Revoke"
              title="Revoke this key?"
              words={`Whatever uses “${key.name}” is refused at once. This cannot be undone.`}
              icon={<IconBan size={16} aria-hidden="true" />}
              action={endKey.bind(null, key.id)}
              done="The key is revoked."
            />
          </span>
        )}
      </td>
    </tr>
  );
}
