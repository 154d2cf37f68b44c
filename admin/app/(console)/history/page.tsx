import type { Metadata } from 'next';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { BodySearch } from '../../../components/history/body-search.tsx';
import { CompareForm } from '../../../components/history/compare-form.tsx';
import { HistoryFilters } from '../../../components/history/history-filters.tsx';
import { HistoryTools } from '../../../components/history/history-tools.tsx';
import { HistoryTable } from '../../../components/history/history-table.tsx';
import { RowMenu } from '../../../components/history/row-menu.tsx';
import { Pager } from '../../../components/pager.tsx';
import { roleIncludes } from '../../../../infra/auth/roles.ts';
import { listOrFault } from '../../../lib/list-page.ts';
import { pageContext } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { listHistory } from '../../../server/history/list.ts';
import { runVerb } from '../../../server/verb.ts';
import { readEveryEndpoint } from '../endpoints/every-endpoint.ts';

export const metadata: Metadata = { title: 'History' };

const NAMES = ['q', 'endpoint', 'status', 'action', 'ticket', 'source', 'from', 'to', 'cursor'] as const;

export default async function HistoryPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContext();
  const search = readSearch(await searchParams, NAMES);
  const [page, endpoints] = await Promise.all([
    listOrFault(runVerb(listHistory, context, { query: { ...search, limit: 50 } })),
    readEveryEndpoint(context),
  ]);
  const { cursor: _, ...filter } = search;
  const mayReplay = roleIncludes(context.actor.role, 'operator');
  const isEmpty = page.items.length === 0 && Object.keys(search).length === 0;
  return (
    <>
      {search.cursor === undefined && <AutoRefresh seconds={5} />}
      <div className="head">
        <h1>History</h1>
        {!isEmpty && page.fault === null && <HistoryTools filter={filter} viewer={context.actor} />}
      </div>
      {isEmpty ? (
        <section className="card stack empty">
          <h2>Nothing was received yet</h2>
          <p className="lead">
            Every webhook stands here from the moment it is accepted, with what it said, what was planned and what
            became of it. Refused ones of known endpoints too.
          </p>
        </section>
      ) : (
        <>
          <HistoryFilters endpoints={endpoints} q={search.q} />
          {page.fault === null && <BodySearch filter={filter} />}
          {page.fault !== null && <p className="card fault">{page.fault}</p>}
          {page.items.length === 0 ? (
            <p className="card empty quiet">Nothing matches. Clear a filter, or look at a longer time.</p>
          ) : (
            <RowMenu mayReplay={mayReplay}>
              <CompareForm>
                <HistoryTable webhooks={page.items} isPicking />
              </CompareForm>
            </RowMenu>
          )}
          <Pager path="/history" search={search} nextCursor={page.nextCursor} />
        </>
      )}
    </>
  );
}
