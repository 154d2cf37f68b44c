import type { Metadata } from 'next';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { Pager } from '../../../components/pager.tsx';
import { Agreement } from '../../../components/workflows/agreement.tsx';
import { WorkflowFilters } from '../../../components/workflows/workflow-filters.tsx';
import { WorkflowTable } from '../../../components/workflows/workflow-table.tsx';
import { pageContextFor } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { VerbError } from '../../../server/errors.ts';
import { temporalUiUrl } from '../../../server/incidents/present.ts';
import { runVerb } from '../../../server/verb.ts';
import { getAgreement } from '../../../server/workflows/get-agreement.ts';
import { listWorkflows } from '../../../server/workflows/list.ts';
import { readEveryEndpoint } from '../endpoints/every-endpoint.ts';

export const metadata: Metadata = { title: 'Workflows' };

const NAMES = ['type', 'status', 'phase', 'endpoint', 'failing', 'cursor'] as const;

export default async function WorkflowsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContextFor('/workflows');
  const search = readSearch(await searchParams, NAMES);
  const [page, agreement, endpoints] = await Promise.all([
    orWords(runVerb(listWorkflows, context, { query: search })),
    orWords(runVerb(getAgreement, context, {})),
    readEveryEndpoint(context),
  ]);
  const agree = typeof agreement !== 'string' && <Agreement agreement={agreement} />;
  const isDiffering = typeof agreement !== 'string' && agreement.items.some((one) => one.missing + one.stray > 0);
  return (
    <>
      {search.cursor === undefined && <AutoRefresh seconds={10} />}
      <div className="head">
        <div>
          <h1>Workflows</h1>
          <p className="lead">
            Every incident, heartbeat and gate is a workflow of Temporal. This is its own list, a few seconds old.
          </p>
        </div>
        <a href={temporalUiUrl(context)} target="_blank" rel="noreferrer">
          Temporal Web UI
        </a>
      </div>
      {isDiffering && agree}
      <WorkflowFilters endpoints={endpoints.map(({ id, name }) => ({ value: id, label: name }))} />
      {typeof page === 'string' ? (
        <p className="card fault" role="status">
          {page}
        </p>
      ) : (
        <>
          <WorkflowTable page={page} isDescribed={search.failing === 'activities'} />
          <Pager path="/workflows" search={search} nextCursor={page.nextCursor} />
        </>
      )}
      {!isDiffering && agree}
    </>
  );
}

/** What is answered, or in words why it cannot be. */
async function orWords<T>(asked: Promise<T>): Promise<T | string> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof VerbError) return error.message;
    throw error;
  }
}
