import type { Metadata } from 'next';
import { Link } from '../../../components/link.tsx';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { Filters } from '../../../components/filters.tsx';
import { HeartbeatTable } from '../../../components/heartbeats/heartbeat-table.tsx';
import { Pager } from '../../../components/pager.tsx';
import { pageContext } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { VerbError } from '../../../server/errors.ts';
import { listHeartbeats } from '../../../server/heartbeats/list.ts';
import { runVerb } from '../../../server/verb.ts';

export const metadata: Metadata = { title: 'Heartbeats' };

const SILENCE = [
  { value: 'true', label: 'silent' },
  { value: 'false', label: 'not silent' },
];

export default async function HeartbeatsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContext();
  const search = readSearch(await searchParams, ['open', 'endpoint', 'cursor']);
  const page = await runVerb(listHeartbeats, context, { query: { ...search, limit: 100 } }).catch((error: unknown) => {
    if (error instanceof VerbError && error.code === 'invalid') return error.message;
    throw error;
  });
  const isFiltered = Object.keys(search).length > 0;
  return (
    <>
      <AutoRefresh seconds={10} />
      <div>
        <h1>Heartbeats</h1>
        <p className="lead">
          Silence is an incident too: an endpoint that should be heard regularly and is not gets a ticket, closed by the
          next webhook.
        </p>
      </div>
      {typeof page !== 'string' && (page.items.length > 0 || isFiltered) && (
        <Filters filters={[{ kind: 'choice', name: 'open', label: 'Silent or not', choices: SILENCE }]} />
      )}
      {typeof page === 'string' && <p className="card fault">{page}</p>}
      {typeof page !== 'string' && page.load.wakesPerSecond > page.load.budgetPerSecond && (
        <p className="card warn-text" role="status">
          All heartbeats together ask for {page.load.wakesPerSecond} wakes a second; Temporal’s built-in server bears{' '}
          {page.load.budgetPerSecond}. Choose longer timeouts, or a Temporal server of its own.
        </p>
      )}
      {typeof page !== 'string' && page.items.length === 0 && (
        <section className="card stack empty">
          <h2>{isFiltered ? 'No heartbeat matches' : 'No endpoint has a heartbeat yet'}</h2>
          <p className="lead">
            Turn it on in the configuration of an <Link href="/endpoints">endpoint</Link>: a timeout such as 24 hours,
            or a cron line with grace for what runs by the clock.
          </p>
        </section>
      )}
      {typeof page !== 'string' && page.items.length > 0 && <HeartbeatTable heartbeats={page.items} />}
      <Pager path="/heartbeats" search={search} nextCursor={typeof page === 'string' ? null : page.nextCursor} />
    </>
  );
}
