import type { Metadata } from 'next';
import { Link } from '../../../../components/link.tsx';
import { Suspense } from 'react';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { Analyses } from '../../../../components/incidents/analyses.tsx';
import { AskedOrders } from '../../../../components/incidents/asked-orders.tsx';
import { IncidentAlerts } from '../../../../components/incidents/incident-alerts.tsx';
import { IncidentFacts } from '../../../../components/incidents/incident-facts.tsx';
import { IncidentRun } from '../../../../components/incidents/incident-run.tsx';
import { Orders } from '../../../../components/incidents/orders.tsx';
import { PhaseBadge } from '../../../../components/incidents/phase-badge.tsx';
import { Timeline } from '../../../../components/incidents/timeline.tsx';
import { LoadingCard } from '../../../../components/loading-card.tsx';
import { roleIncludes } from '../../../../../infra/auth/roles.ts';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../../lib/search-params.ts';
import { getIncident } from '../../../../server/incidents/get.ts';
import { getLedger } from '../../../../server/ledger/get.ts';
import { runVerb } from '../../../../server/verb.ts';
import { readWholeLedger } from './read-ledger.ts';

export const metadata: Metadata = { title: 'Incident' };

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<Given>;
}

export default async function IncidentPage({ params, searchParams }: Address) {
  const context = await pageContext();
  const { id } = await params;
  const { all, ...search } = readSearch(await searchParams, ['cursor', 'all']);
  const isForPrint = all === '1';
  const [incident, ledger] = await Promise.all([
    orNotFound(runVerb(getIncident, context, { id })),
    orNotFound(isForPrint ? readWholeLedger(context, id) : runVerb(getLedger, context, { id, query: search })),
  ]);
  const isWaiting = incident.orders.some(({ state }) => state === 'asked');
  return (
    <>
      {!isForPrint && <AutoRefresh seconds={isWaiting ? 2 : 5} />}
      <p className="crumbs">
        <Link href="/incidents">Incidents</Link>
      </p>
      <div className="head">
        <h1>{incident.summary}</h1>
        <PhaseBadge phase={incident.phase} />
      </div>
      {incident.error !== null && (
        <p className="card fault" role="status">
          {incident.error}
        </p>
      )}
      <div className="columns first-aside">
        <aside className="stack" aria-label="State and orders">
          <IncidentFacts incident={incident} />
          {roleIncludes(context.actor.role, 'operator') && (
            <Orders incident={{ id: incident.id, phase: incident.phase, ticketId: incident.ticketId }} />
          )}
          <AskedOrders orders={incident.orders} />
        </aside>
        <div className="stack">
          <Analyses analyses={incident.analyses} />
          <Timeline id={id} ledger={ledger} isLater={search.cursor !== undefined} isForPrint={isForPrint} />
        </div>
        <aside className="stack" aria-label="Workflow and alerts">
          <Suspense fallback={<LoadingCard lines={4} />}>
            <IncidentRun context={context} id={id} />
          </Suspense>
          <IncidentAlerts incident={incident} />
        </aside>
      </div>
    </>
  );
}
