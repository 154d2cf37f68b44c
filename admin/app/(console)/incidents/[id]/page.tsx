import type { Metadata } from 'next';
import Link from 'next/link';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { Analyses } from '../../../../components/incidents/analyses.tsx';
import { AskedOrders } from '../../../../components/incidents/asked-orders.tsx';
import { IncidentAlerts } from '../../../../components/incidents/incident-alerts.tsx';
import { IncidentFacts } from '../../../../components/incidents/incident-facts.tsx';
import { Ledger } from '../../../../components/incidents/ledger.tsx';
import { LedgerTools } from '../../../../components/incidents/ledger-tools.tsx';
import { Orders } from '../../../../components/incidents/orders.tsx';
import { PhaseBadge } from '../../../../components/incidents/phase-badge.tsx';
import { roleIncludes } from '../../../../../infra/auth/roles.ts';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../../lib/search-params.ts';
import { getIncident } from '../../../../server/incidents/get.ts';
import { getLedger } from '../../../../server/ledger/get.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Incident' };

interface Address {
  params: Promise<{ id: string }>;
  searchParams: Promise<Given>;
}

export default async function IncidentPage({ params, searchParams }: Address) {
  const context = await pageContext();
  const { id } = await params;
  const search = readSearch(await searchParams, ['cursor']);
  const [incident, ledger] = await Promise.all([
    orNotFound(runVerb(getIncident, context, { id })),
    orNotFound(runVerb(getLedger, context, { id, query: search })),
  ]);
  const isWaiting = incident.orders.some(({ state }) => state === 'asked');
  return (
    <>
      <AutoRefresh seconds={isWaiting ? 2 : 5} />
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
      <div className="columns">
        <div className="stack">
          <Analyses analyses={incident.analyses} />
          <section className="card stack" aria-label="Timeline">
            <div className="head">
              <h2>Timeline</h2>
              <LedgerTools id={id} />
            </div>
            <Ledger entries={ledger.items} />
            <nav className="pager" aria-label="Pages">
              {search.cursor !== undefined && <Link href={`/incidents/${id}`}>From the beginning</Link>}
              {ledger.nextCursor !== null && (
                <Link href={`/incidents/${id}?${new URLSearchParams({ cursor: ledger.nextCursor })}`}>
                  What followed
                </Link>
              )}
            </nav>
          </section>
        </div>
        <aside className="stack">
          <IncidentFacts incident={incident} />
          {roleIncludes(context.actor.role, 'operator') && (
            <Orders incident={{ id: incident.id, phase: incident.phase, ticketId: incident.ticketId }} />
          )}
          <AskedOrders orders={incident.orders} />
          <IncidentAlerts alerts={incident.recentAlerts} total={incident.alerts} />
        </aside>
      </div>
    </>
  );
}
