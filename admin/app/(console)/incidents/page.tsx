import type { Metadata } from 'next';
import Link from 'next/link';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { Filters } from '../../../components/filters.tsx';
import { FirstSteps } from '../../../components/incidents/first-steps.tsx';
import { IncidentBoard } from '../../../components/incidents/incident-board.tsx';
import { IncidentList } from '../../../components/incidents/incident-list.tsx';
import { Pager } from '../../../components/pager.tsx';
import { listOrFault } from '../../../lib/list-page.ts';
import { pageContext } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { readExample } from '../../../server/first-run/example-file.ts';
import { listIncidents } from '../../../server/incidents/list.ts';
import { PHASES } from '../../../server/incidents/schemas.ts';
import { runVerb } from '../../../server/verb.ts';

export const metadata: Metadata = { title: 'Incidents' };

const FILTERS = [
  { kind: 'search', name: 'q', label: 'Search summaries' },
  { kind: 'choice', name: 'phase', label: 'Every phase', choices: PHASES.map((value) => ({ value, label: value })) },
  {
    kind: 'choice',
    name: 'open',
    label: 'Open and over',
    choices: [
      { value: 'true', label: 'Open' },
      { value: 'false', label: 'Over' },
    ],
  },
  { kind: 'text', name: 'ticket', label: 'Ticket' },
] as const;

export default async function IncidentsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContext();
  const { view, ...search } = readSearch(await searchParams, [
    'q',
    'phase',
    'open',
    'ticket',
    'endpoint',
    'cursor',
    'view',
  ]);
  const isBoard = view === 'board';
  const page = await listOrFault(runVerb(listIncidents, context, { query: { ...search, limit: isBoard ? 200 : 50 } }));
  const isFirstRun = page.items.length === 0 && Object.keys(search).length === 0;
  return (
    <>
      <AutoRefresh seconds={4} />
      <div className="head">
        <h1>Incidents</h1>
        {!isFirstRun && (
          <nav className="segments" aria-label="View">
            <Link href={{ query: search }} aria-current={isBoard ? undefined : 'true'}>
              List
            </Link>
            <Link href={{ query: { ...search, view: 'board' } }} aria-current={isBoard ? 'true' : undefined}>
              Board
            </Link>
          </nav>
        )}
      </div>
      {isFirstRun ? (
        <FirstSteps
          example={context.actor.role === 'admin' ? await readExample(context.config) : null}
          publicUrl={context.config.PUBLIC_URL}
        />
      ) : (
        <>
          <Filters filters={FILTERS} />
          {page.fault !== null && <p className="card fault">{page.fault}</p>}
          {isBoard ? <IncidentBoard incidents={page.items} /> : <IncidentList incidents={page.items} />}
          <Pager path="/incidents" search={{ ...search, ...(view && { view }) }} nextCursor={page.nextCursor} />
        </>
      )}
    </>
  );
}
