import type { Metadata } from 'next';
import { AutoRefresh } from '../../../components/auto-refresh.tsx';
import { Filters } from '../../../components/filters.tsx';
import { CompareForm } from '../../../components/history/compare-form.tsx';
import { HistoryTools } from '../../../components/history/history-tools.tsx';
import { HistoryTable } from '../../../components/history/history-table.tsx';
import { Pager } from '../../../components/pager.tsx';
import { listOrFault } from '../../../lib/list-page.ts';
import { pageContext } from '../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../lib/search-params.ts';
import { listHistory } from '../../../server/history/list.ts';
import { ALERT_ACTIONS, WEBHOOK_STATUSES } from '../../../server/history/schemas.ts';
import { runVerb } from '../../../server/verb.ts';
import { readEveryEndpoint } from '../endpoints/every-endpoint.ts';

export const metadata: Metadata = { title: 'History' };

const NAMES = ['q', 'endpoint', 'status', 'action', 'ticket', 'source', 'from', 'to', 'cursor'] as const;
const same = (value: string) => ({ value, label: value });

export default async function HistoryPage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContext();
  const search = readSearch(await searchParams, NAMES);
  const [page, endpoints] = await Promise.all([
    listOrFault(runVerb(listHistory, context, { query: { ...search, limit: 50 } })),
    readEveryEndpoint(context),
  ]);
  const { cursor: _, ...filter } = search;
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
          <Filters
            filters={[
              { kind: 'search', name: 'q', label: 'Search summary, message, error or request id' },
              {
                kind: 'choice',
                name: 'endpoint',
                label: 'Every endpoint',
                choices: endpoints.map(({ id, name }) => ({ value: id, label: name })),
              },
              { kind: 'choice', name: 'status', label: 'Every status', choices: WEBHOOK_STATUSES.map(same) },
              { kind: 'choice', name: 'action', label: 'Every action', choices: ALERT_ACTIONS.map(same) },
              { kind: 'text', name: 'ticket', label: 'Ticket' },
              { kind: 'text', name: 'source', label: 'Source address' },
              { kind: 'time', name: 'from', label: 'From' },
              { kind: 'time', name: 'to', label: 'To' },
            ]}
          />
          {page.fault !== null && <p className="card fault">{page.fault}</p>}
          {page.items.length === 0 ? (
            <p className="card empty quiet">Nothing matches. Clear a filter, or look at a longer time.</p>
          ) : (
            <CompareForm>
              <HistoryTable webhooks={page.items} isPicking />
            </CompareForm>
          )}
          <Pager path="/history" search={search} nextCursor={page.nextCursor} />
        </>
      )}
    </>
  );
}
