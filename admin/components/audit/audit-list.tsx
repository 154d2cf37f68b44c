import { Link } from '../link.tsx';
import type { AuditDifference, AuditView } from '../../server/audit-log/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

const PAGES: Record<string, string> = { endpoint: '/endpoints', incident: '/incidents', webhook: '/history' };

/** What people and keys did, each with the places that changed. */
export function AuditList({ entries }: { entries: readonly AuditView[] }) {
  return (
    <ol className="audit" aria-label="Audit entries">
      {entries.map((entry) => (
        <li key={entry.id} className="card">
          <div className="head">
            <p>
              <strong>{entry.actor}</strong> <Deed entry={entry} />
            </p>
            <small className="quiet">
              <TimeAgo at={entry.at} />
              {entry.sourceIp !== null && ` · ${entry.sourceIp}`}
            </small>
          </div>
          <Differences differences={entry.differences} />
        </li>
      ))}
    </ol>
  );
}

/** What people do to their own access needs no name of whom. */
function Deed({ entry }: { entry: AuditView }) {
  const own = entry.entity === 'user' ? OWN[entry.action] : undefined;
  if (own !== undefined) return <span title={entry.entityId}>{own}</span>;
  return (
    <>
      {wordsOf(entry.action)} <Thing entry={entry} />
    </>
  );
}

function Thing({ entry: { entity, entityId, differences } }: { entry: AuditView }) {
  const name = differences.map(({ path, after, before }) => (path === 'name' ? (after ?? before) : null)).find(Boolean);
  const words = `${entity.replaceAll('-', ' ')} ${typeof name === 'string' ? name : entityId.slice(0, 13)}`;
  const page = PAGES[entity];
  return page === undefined ? (
    <span title={entityId}>{words}</span>
  ) : (
    <Link href={`${page}/${encodeURIComponent(entityId)}`} title={entityId}>
      {words}
    </Link>
  );
}

/** Before and after of each place; long lists are folded. */
function Differences({ differences }: { differences: readonly AuditDifference[] }) {
  if (differences.length === 0) return null;
  const table = (
    <dl className="changes">
      {differences.map(({ path, before, after }, index) => (
        <div key={index}>
          <dt>
            <code>{path === '' ? 'all' : path}</code>
          </dt>
          <dd>
            {isThere(before) && <del>{textOf(before)}</del>}
            {isThere(after) && <ins>{textOf(after)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
  if (differences.length <= 4) return table;
  return (
    <details>
      <summary className="label">{differences.length} places</summary>
      {table}
    </details>
  );
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? (value === '' ? '(blank)' : value) : JSON.stringify(value);
}

const PAST: Record<string, string> = {
  create: 'created',
  patch: 'changed',
  update: 'changed',
  delete: 'deleted',
  close: 'closed',
  replay: 'replayed',
  revoke: 'revoked',
  refresh: 'refreshed',
  export: 'exported',
  apply: 'applied',
  import: 'imported',
  test: 'tested',
  pause: 'paused',
  resume: 'resumed',
  clone: 'cloned',
  move: 'moved',
  restore: 'restored',
  'rotate-token': 'gave a new token to',
  cancel: 'cancelled',
  register: 'turned on',
  remove: 'turned off',
  'rename-passkey': 'renamed a passkey of',
  'remove-passkey': 'removed a passkey of',
  'reset-password': 'set a new password for',
  'end-session': 'ended a session of',
  'end-sessions': 'ended the sessions of',
};

const OWN: Record<string, string> = {
  'sign-in': 'signed in',
  'sign-out': 'signed out',
  'change-password': 'changed their password',
  'second-factor-begin': 'began to set up a second factor',
  'second-factor-confirm': 'turned their second factor on',
  'second-factor-remove': 'removed their second factor',
  'new-recovery-codes': 'made new recovery codes',
  'recovery-code-use': 'used a recovery code',
  'add-passkey': 'added a passkey',
};

function wordsOf(action: string): string {
  return PAST[action] ?? action.replaceAll('-', ' ');
}
