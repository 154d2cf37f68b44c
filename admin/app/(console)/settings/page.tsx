import type { Metadata } from 'next';
import { Suspense } from 'react';
import { LoadingCard } from '../../../components/loading-card.tsx';
import { Services } from '../../../components/overview/services.tsx';
import { MaskingWords } from '../../../components/settings/masking-words.tsx';
import { Retention } from '../../../components/settings/retention.tsx';
import { roleIncludes } from '../../../../infra/auth/roles.ts';
import { pageContext } from '../../../lib/page-context.ts';
import { getSettings } from '../../../server/settings/get.ts';
import { runVerb } from '../../../server/verb.ts';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const context = await pageContext();
  const settings = await runVerb(getSettings, context, {});
  const mayChange = roleIncludes(context.actor.role, 'admin');
  const { PUBLIC_URL, ADMIN_URL, TEMPORAL_NAMESPACE } = context.config;
  return (
    <div className="two">
      <Retention days={settings.logRetentionDays} mayChange={mayChange} />
      <MaskingWords words={settings.maskingWords} mayChange={mayChange} />
      <section className="card stack" aria-label="Services">
        <h2>Services</h2>
        <Suspense fallback={<LoadingCard lines={4} />}>
          <Services context={context} />
        </Suspense>
      </section>
      <section className="card stack" aria-label="This installation">
        <h2>This installation</h2>
        <dl className="facts">
          <dt>Webhooks go to</dt>
          <dd>{PUBLIC_URL}/webhook/…</dd>
          <dt>Console</dt>
          <dd>{ADMIN_URL}</dd>
          <dt>Temporal namespace</dt>
          <dd>{TEMPORAL_NAMESPACE}</dd>
          <dt>REST</dt>
          <dd>
            <a href="/reference">What scripts can do</a>
          </dd>
        </dl>
      </section>
    </div>
  );
}
