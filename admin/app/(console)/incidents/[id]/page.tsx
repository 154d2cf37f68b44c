import type { Metadata } from 'next';
import Link from 'next/link';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { Analyses } from '../../../../components/incidents/analyses.tsx';
import { AskedOrders } from '../../../../components/incidents/asked-orders.tsx';
import { IncidentAlerts } from '../../../../components/incidents/incident-alerts.tsx';
import { IncidentFacts } from '../../../../components/incidents/incident-facts.tsx';
import { Orders } from '../../../../components/incidents/orders.tsx';
import { PhaseBadge } from '../../../../components/incidents/phase-badge.tsx';
import { Timeline } from '../../../../components/incidents/timeline.tsx';
import { roleIncludes } from '../../../../../infra/auth/roles.ts';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { getIncident } from '../../../../server/incidents/get.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Incident' };

export default async function IncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const context = await pageContext();
  const incident = await orNotFound(runVerb(getIncident, context, await params));
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
            <h2>Timeline</h2>
            <Timeline entries={incident.timeline} />
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
