import type { Metadata } from 'next';
import Link from 'next/link';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { IncidentAlerts } from '../../../../components/incident-alerts.tsx';
import { IncidentFacts } from '../../../../components/incident-facts.tsx';
import { OrderForms } from '../../../../components/order-forms.tsx';
import { PhaseBadge } from '../../../../components/phase-badge.tsx';
import { Timeline } from '../../../../components/timeline.tsx';
import { roleIncludes } from '../../../../../infra/auth/roles.ts';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { getIncident } from '../../../../server/incidents/get.ts';
import { runVerb } from '../../../../server/verb.ts';
import { orderIncident } from './actions.ts';

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
        <Timeline entries={incident.timeline} />
        <aside className="stack">
          <IncidentFacts incident={incident} />
          {roleIncludes(context.actor.role, 'operator') && (
            <OrderForms action={orderIncident.bind(null, incident.id)} isUncertain={incident.phase === 'uncertain'} />
          )}
          <IncidentAlerts alerts={incident.recentAlerts} total={incident.alerts} />
        </aside>
      </div>
    </>
  );
}
