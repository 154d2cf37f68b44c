import type { Metadata } from 'next';
import { Link } from '../../../../components/link.tsx';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { HeartbeatTable } from '../../../../components/heartbeats/heartbeat-table.tsx';
import { SilenceTable } from '../../../../components/heartbeats/silence-table.tsx';
import { Pager } from '../../../../components/pager.tsx';
import { listOrFault } from '../../../../lib/list-page.ts';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../../lib/search-params.ts';
import { getEndpoint } from '../../../../server/endpoints/get.ts';
import { listHeartbeats } from '../../../../server/heartbeats/list.ts';
import { listSilences } from '../../../../server/heartbeats/silences.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Silences' };

export default async function SilencesPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<Given>;
}) {
  const context = await pageContext();
  const { id, name } = await orNotFound(runVerb(getEndpoint, context, await params));
  const search = readSearch(await searchParams, ['cursor']);
  const [now, page] = await Promise.all([
    runVerb(listHeartbeats, context, { query: { endpoint: id } }),
    listOrFault(runVerb(listSilences, context, { id, query: { ...search, limit: 50 } })),
  ]);
  return (
    <>
      <AutoRefresh seconds={10} />
      <p className="crumbs">
        <Link href="/heartbeats">Heartbeats</Link> · <Link href={`/endpoints/${id}`}>{name}</Link>
      </p>
      <h1>Silences of {name}</h1>
      {now.items.length > 0 ? (
        <HeartbeatTable heartbeats={now.items} />
      ) : (
        <p className="card quiet">This endpoint has no heartbeat now: nobody misses it when it is silent.</p>
      )}
      {page.fault !== null && <p className="card fault">{page.fault}</p>}
      {page.items.length === 0 && page.fault === null && (
        <p className="card empty quiet">It was never silent for as long as webhooks are kept.</p>
      )}
      {page.items.length > 0 && <SilenceTable silences={page.items} />}
      <Pager path={`/heartbeats/${id}`} search={search} nextCursor={page.nextCursor} />
    </>
  );
}
