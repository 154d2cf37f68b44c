import type { Metadata } from 'next';
import { Link } from '../../../components/link.tsx';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { Filters } from '../../../components/filters.tsx';
import { Pager } from '../../../components/pager.tsx';
import { TicketTable } from '../../../components/tickets/ticket-table.tsx';
import { listOrFault } from '../../../lib/list-page.ts';
import { pageContext } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { listTickets } from '../../../server/tickets/list.ts';
import { runVerb } from '../../../server/verb.ts';

export const metadata: Metadata = { title: 'Tickets' };

const FILTERS = [{ kind: 'search', name: 'q', label: 'Search summary, company or number' }] as const;
const STATES = [
  ['open', 'Open', { closed: 'false' }],
  ['closed', 'Closed', { closed: 'true' }],
  ['all', 'All', {}],
] as const;

export default async function TicketsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContext();
  const { state: asked, ...search } = readSearch(await searchParams, ['q', 'state', 'cursor']);
  const [state, , query] = STATES.find(([name]) => name === asked) ?? STATES[0];
  const list = (more: object) => listOrFault(runVerb(listTickets, context, { query: more }));
  const page = await list({ ...search, ...query, limit: 50 });
  const isEmpty = page.items.length === 0 && page.fault === null && (await list({ limit: 1 })).items.length === 0;
  if (isEmpty) return <NoTicketYet />;
  return (
    <>
      {search.cursor === undefined && <AutoRefresh seconds={5} />}
      <div className="head">
        <h1>Tickets</h1>
        <nav className="segments" aria-label="Which">
          {STATES.map(([name, label]) => (
            <Link
              key={name}
              href={{ query: { ...(search.q && { q: search.q }), ...(name !== 'open' && { state: name }) } }}
              aria-current={name === state ? 'true' : undefined}
            >
              {label}
            </Link>
          ))}
        </nav>
      </div>
      <Filters filters={FILTERS} />
      {page.fault !== null && <p className="card fault">{page.fault}</p>}
      {page.items.length > 0 && <TicketTable tickets={page.items} />}
      {page.items.length === 0 && page.fault === null && (
        <p className="card empty quiet">
          {search.q === undefined
            ? `No ticket is ${state}.`
            : 'No ticket matches. Look under “All”, or clear the search.'}
        </p>
      )}
      <Pager path="/tickets" search={{ ...search, ...(state !== 'open' && { state }) }} nextCursor={page.nextCursor} />
    </>
  );
}

function NoTicketYet() {
  return (
    <>
      <AutoRefresh seconds={5} />
      <h1>Tickets</h1>
      <section className="card stack empty">
        <h2>No ticket yet</h2>
        <p className="lead">
          The built-in desk keeps tickets where no ConnectWise is configured. When a monitor posts that something is
          down, its ticket appears here: answer it, close it, and see every note.
        </p>
      </section>
    </>
  );
}
