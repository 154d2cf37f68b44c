import type { Metadata } from 'next';
import { AuditList } from '../../../components/audit/audit-list.tsx';
import { Filters } from '../../../components/filters.tsx';
import { Pager } from '../../../components/pager.tsx';
import { listOrFault } from '../../../lib/list-page.ts';
import { pageContextFor } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { AUDIT_KINDS } from '../../../server/audit-log/kinds.ts';
import { listAudit } from '../../../server/audit-log/list.ts';
import { runVerb } from '../../../server/verb.ts';

export const metadata: Metadata = { title: 'Audit' };

const NAMES = ['actor', 'entity', 'action', 'entityId', 'from', 'to', 'cursor'] as const;
const KINDS = AUDIT_KINDS.map((value) => ({ value, label: value.replaceAll('-', ' ') }));

export default async function AuditPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContextFor('/audit');
  const search = readSearch(await searchParams, NAMES);
  const page = await listOrFault(runVerb(listAudit, context, { query: { ...search, limit: 50 } }));
  return (
    <>
      <div>
        <h1>Audit</h1>
        <p className="lead">Who did what, from the console, by REST or with a key, and what it changed.</p>
      </div>
      <Filters
        filters={[
          { kind: 'search', name: 'actor', label: 'Who' },
          { kind: 'choice', name: 'entity', label: 'Every kind', choices: KINDS },
          { kind: 'text', name: 'action', label: 'Action' },
          { kind: 'time', name: 'from', label: 'From' },
          { kind: 'time', name: 'to', label: 'To' },
        ]}
      />
      {page.fault !== null && <p className="card fault">{page.fault}</p>}
      {page.items.length === 0 && page.fault === null && (
        <p className="card empty quiet">Nothing matches. Every change stands here, with what it was before.</p>
      )}
      {page.items.length > 0 && <AuditList entries={page.items} />}
      <Pager path="/audit" search={search} nextCursor={page.nextCursor} />
    </>
  );
}
