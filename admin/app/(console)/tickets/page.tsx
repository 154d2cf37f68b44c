import type { Metadata } from 'next';
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

const FILTERS = [
  { kind: 'search', name: 'q', label: 'Search tickets' },
  {
    kind: 'choice',
    name: 'closed',
    label: 'Open and closed',
    choices: [
      { value: 'false', label: 'Open' },
      { value: 'true', label: 'Closed' },
    ],
  },
] as const;

export default async function TicketsPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContext();
  const search = readSearch(await searchParams, ['q', 'closed', 'cursor']);
  const page = await listOrFault(runVerb(listTickets, context, { query: { ...search, limit: 50 } }));
  const isEmpty = page.items.length === 0 && Object.keys(search).length === 0;
  return (
    <>
      <AutoRefresh seconds={5} />
      <h1>Tickets</h1>
      {isEmpty ? (
        <section className="card stack empty">
          <h2>No ticket yet</h2>
          <p className="lead">
            The built-in desk keeps tickets where no ConnectWise is configured. When a monitor posts that something is
            down, its ticket appears here: answer it, close it, and see every note.
          </p>
        </section>
      ) : (
        <>
          <Filters filters={FILTERS} />
          {page.fault !== null && <p className="card fault">{page.fault}</p>}
          {page.items.length === 0 ? (
            <p className="card empty quiet">No ticket matches. Clear the filters to see all.</p>
          ) : (
            <TicketTable tickets={page.items} />
          )}
          <Pager path="/tickets" search={search} nextCursor={page.nextCursor} />
        </>
      )}
    </>
  );
}
