import type { Metadata } from 'next';
import { Link } from '../../../components/link.tsx';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { FirstSteps } from '../../../components/incidents/first-steps.tsx';
import { IncidentFilters } from '../../../components/incidents/incident-filters.tsx';
import { IncidentBoard } from '../../../components/incidents/incident-board.tsx';
import { IncidentList } from '../../../components/incidents/incident-list.tsx';
import { Pager } from '../../../components/pager.tsx';
import { listOrFault } from '../../../lib/list-page.ts';
import { pageContext } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { readExample } from '../../../server/first-run/example-file.ts';
import { getBoard } from '../../../server/incidents/board.ts';
import { listIncidents } from '../../../server/incidents/list.ts';
import { runVerb } from '../../../server/verb.ts';
import { readEveryEndpoint } from '../endpoints/every-endpoint.ts';

export const metadata: Metadata = { title: 'Incidents' };

const NAMES = ['q', 'phase', 'open', 'ticket', 'endpoint', 'cursor', 'view'] as const;

export default async function IncidentsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContext();
  const { view, cursor, ...filter } = readSearch(await searchParams, NAMES);
  const isBoard = view === 'board';
  const [page, board, endpoints] = await Promise.all([
    listOrFault(runVerb(listIncidents, context, { query: { ...filter, ...(cursor && { cursor }), limit: 50 } })),
    isBoard ? runVerb(getBoard, context, { query: filter }).catch(() => null) : null,
    readEveryEndpoint(context),
  ]);
  if (page.items.length === 0 && page.fault === null && cursor === undefined && Object.keys(filter).length === 0)
    return (
      <>
        <AutoRefresh seconds={4} />
        <h1>Incidents</h1>
        <FirstSteps
          example={context.actor.role === 'admin' ? await readExample(context.config) : null}
          publicUrl={context.config.PUBLIC_URL}
        />
      </>
    );
  return (
    <>
      {cursor === undefined && <AutoRefresh seconds={4} />}
      <div className="head">
        <h1>Incidents</h1>
        <nav className="segments" aria-label="View">
          <Link href={{ query: filter }} aria-current={isBoard ? undefined : 'true'}>
            List
          </Link>
          <Link href={{ query: { ...filter, view: 'board' } }} aria-current={isBoard ? 'true' : undefined}>
            Board
          </Link>
        </nav>
      </div>
      <IncidentFilters endpoints={endpoints.map(({ id, name }) => ({ value: id, label: name }))} />
      {page.fault !== null && <p className="card fault">{page.fault}</p>}
      {board !== null && <IncidentBoard board={board} search={filter} />}
      {!isBoard && <IncidentList incidents={page.items} />}
      {!isBoard && (
        <Pager path="/incidents" search={{ ...filter, ...(cursor && { cursor }) }} nextCursor={page.nextCursor} />
      )}
    </>
  );
}
