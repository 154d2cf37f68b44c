import type { Metadata } from 'next';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { CallbacksCard } from '../../../../components/settings/callbacks-card.tsx';
import { ModelCard } from '../../../../components/settings/model-card.tsx';
import { ModelRules } from '../../../../components/settings/model-rules.tsx';
import { TicketSystemCard } from '../../../../components/settings/ticket-system-card.tsx';
import { roleIncludes } from '../../../../../infra/auth/roles.ts';
import { pageContextFor } from '../../../../lib/page-context.ts';
import { getAnalysis } from '../../../../server/analysis/get.ts';
import { getCallbacks } from '../../../../server/psa/callbacks.ts';
import { getRefresh } from '../../../../server/psa/get-refresh.ts';
import { recentServices } from '../../../../server/services/recent-services.ts';
import { getSettings } from '../../../../server/settings/get.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Connections' };

export default async function ConnectionsPage() {
  const context = await pageContextFor('/settings/connections');
  const [refresh, callbacks, analysis, settings, services] = await Promise.all([
    runVerb(getRefresh, context, {}),
    runVerb(getCallbacks, context, {}),
    runVerb(getAnalysis, context, {}),
    runVerb(getSettings, context, {}),
    recentServices(context),
  ]);
  const { role } = context.actor;
  const { CW_URL, CW_COMPANY, CW_SERVICE_BOARD, CW_STATUS_NEW, CW_STATUS_CLOSED, CW_DEFAULT_COMPANY_ID } =
    context.config;
  const facts = [
    { name: 'Address', value: CW_URL },
    { name: 'Login company', value: CW_COMPANY },
    { name: 'Board', value: CW_SERVICE_BOARD },
    { name: 'New tickets are', value: CW_STATUS_NEW },
    { name: 'Closed tickets are', value: CW_STATUS_CLOSED },
    { name: 'Company where none is named', value: CW_DEFAULT_COMPANY_ID },
  ];
  return (
    <>
      <AutoRefresh seconds={refresh.state === 'reading' ? 2 : 15} />
      <div className="two">
        <div className="stack">
          <TicketSystemCard
            system={services.ticketSystem}
            refresh={refresh}
            facts={facts}
            mayCheck={roleIncludes(role, 'operator')}
          />
          {services.ticketSystem.name !== 'desk' && (
            <CallbacksCard callbacks={callbacks} mayChange={roleIncludes(role, 'admin')} />
          )}
        </div>
        <div className="stack">
          <ModelCard analysis={analysis} mayCheck={roleIncludes(role, 'operator')} />
          <ModelRules
            prompt={settings.analysisPrompt}
            tokensPerDay={settings.analysisTokensPerDay}
            mayChange={roleIncludes(role, 'admin')}
          />
        </div>
      </div>
    </>
  );
}
