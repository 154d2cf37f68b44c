import type { Metadata } from 'next';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { FirstSteps } from '../../../components/first-steps.tsx';
import { IncidentFilters } from '../../../components/incident-filters.tsx';
import { IncidentList } from '../../../components/incident-list.tsx';
import { Pager } from '../../../components/pager.tsx';
import { pageContext } from '../../../lib/page-context.ts';
import { readExample } from '../../../server/first-run/example-file.ts';
import { listIncidents } from '../../../server/incidents/list.ts';
import { VerbError } from '../../../server/errors.ts';
import { runVerb } from '../../../server/verb.ts';
import { readIncidentSearch } from './search-params.ts';

export const metadata: Metadata = { title: 'Incidents' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function IncidentsPage({ searchParams }: Props) {
  const context = await pageContext();
  const search = readIncidentSearch(await searchParams);
  const page = await runVerb(listIncidents, context, { query: { ...search, limit: 50 } }).catch((error: unknown) => {
    if (error instanceof VerbError && error.code === 'invalid') return { items: [], nextCursor: null };
    throw error;
  });
  const isFirstRun = page.items.length === 0 && Object.keys(search).length === 0;
  return (
    <>
      <AutoRefresh seconds={4} />
      <div className="head">
        <h1>Incidents</h1>
        {!isFirstRun && <IncidentFilters search={search} />}
      </div>
      {isFirstRun && (
        <FirstSteps
          example={context.actor.role === 'admin' ? await readExample(context.config) : null}
          publicUrl={context.config.PUBLIC_URL}
        />
      )}
      {!isFirstRun && <IncidentList incidents={page.items} />}
      <Pager path="/incidents" search={search} nextCursor={page.nextCursor} />
    </>
  );
}
