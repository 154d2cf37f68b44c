import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AutoRefresh } from '../../components/auto-refresh.tsx';
import { MaintenanceSwitch } from '../../components/overview/maintenance-switch.tsx';
import { Numbers } from '../../components/overview/numbers.tsx';
import { PeriodPicker } from '../../components/overview/period-picker.tsx';
import { Pulse } from '../../components/overview/pulse.tsx';
import { Services } from '../../components/overview/services.tsx';
import { FirstRunCard } from '../../components/first-run/first-run-card.tsx';
import { LoadingCard } from '../../components/loading-card.tsx';
import { roleIncludes } from '../../../infra/auth/roles.ts';
import { pageContext } from '../../lib/page-context.ts';
import { getSettings } from '../../server/settings/get.ts';
import { StatsQuery } from '../../server/stats/get.ts';
import { runVerb } from '../../server/verb.ts';
import { setMaintenance } from './actions.ts';

export const metadata: Metadata = { title: 'Overview' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverviewPage({ searchParams }: Props) {
  const context = await pageContext();
  const asked = StatsQuery.safeParse({ period: (await searchParams)['period'] });
  const period = asked.success ? asked.data.period : 'day';
  const settings = await runVerb(getSettings, context, {});
  return (
    <>
      <AutoRefresh seconds={period === 'day' ? 5 : 30} />
      <div className="head">
        <h1>Overview</h1>
        <div className="tools">
          <PeriodPicker period={period} />
          {roleIncludes(context.actor.role, 'admin') && (
            <MaintenanceSwitch isOn={settings.maintenanceMode} action={setMaintenance} />
          )}
        </div>
      </div>
      <FirstRunCard context={context} />
      <Numbers context={context} period={period} />
      <Suspense fallback={<LoadingCard lines={4} />}>
        <Pulse context={context} services={<Services context={context} />} />
      </Suspense>
    </>
  );
}
