import type { Metadata } from 'next';
import { Link } from '../../../../components/link.tsx';
import { AutoRefresh } from '../../../../components/auto-refresh.tsx';
import { AlertPlans } from '../../../../components/history/alert-plans.tsx';
import { ReplayButtons } from '../../../../components/history/replay-buttons.tsx';
import { StatusBadge } from '../../../../components/history/status-badge.tsx';
import { Timings } from '../../../../components/history/timings.tsx';
import { WebhookFacts } from '../../../../components/history/webhook-facts.tsx';
import { roleIncludes } from '../../../../../infra/auth/roles.ts';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { getWebhook } from '../../../../server/history/get.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Webhook' };

export default async function WebhookPage({ params }: { params: Promise<{ id: string }> }) {
  const context = await pageContext();
  const webhook = await orNotFound(runVerb(getWebhook, context, await params));
  const isUnderWay = webhook.status === 'received' || webhook.status === 'dispatched';
  const mayReplay = roleIncludes(context.actor.role, 'operator') && webhook.origin !== 'refused';
  return (
    <>
      {isUnderWay && <AutoRefresh seconds={1} />}
      <p className="crumbs">
        <Link href="/history">History</Link>
      </p>
      <div className="head">
        <div className="tools">
          <h1>{webhook.summary || webhook.message || webhook.error || 'Webhook'}</h1>
          <StatusBadge status={webhook.status} action={webhook.action} />
        </div>
        {mayReplay && <ReplayButtons id={webhook.requestId} />}
      </div>
      {webhook.error !== null && (
        <p className="card fault wrap" role="status">
          {webhook.error}
        </p>
      )}
      <div className="columns">
        <div className="stack">
          <AlertPlans webhook={webhook} />
          <Document title="Body" words="Secrets are masked." value={webhook.body} />
          <Document title="Headers" words="" value={webhook.headers} />
        </div>
        <aside className="stack">
          <WebhookFacts webhook={webhook} />
          <Timings timings={webhook.timings} />
        </aside>
      </div>
    </>
  );
}

function Document({ title, words, value }: { title: string; words: string; value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <section className="card stack" aria-label={title}>
      <div className="head">
        <h2>{title}</h2>
        <small className="quiet">{words}</small>
      </div>
      <pre className="code body-text" tabIndex={0}>
        {text === '' ? '(empty)' : text}
      </pre>
    </section>
  );
}
