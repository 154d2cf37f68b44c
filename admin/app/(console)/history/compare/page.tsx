import type { Metadata } from 'next';
import { Link } from '../../../../components/link.tsx';
import { StatusBadge } from '../../../../components/history/status-badge.tsx';
import { TimeAgo } from '../../../../components/time-ago.tsx';
import { orNotFound, pageContext } from '../../../../lib/page-context.ts';
import { readSearch, type Given } from '../../../../lib/search-params.ts';
import { compareWebhooks } from '../../../../server/history/compare.ts';
import type { WebhookDetail } from '../../../../server/history/schemas.ts';
import { runVerb } from '../../../../server/verb.ts';

export const metadata: Metadata = { title: 'Compare' };

export default async function ComparePage({ searchParams }: { searchParams: Promise<Given> }) {
  const context = await pageContext();
  const { left: id, right: other } = readSearch(await searchParams, ['left', 'right']);
  const found = await orNotFound(runVerb(compareWebhooks, context, { id, other: other ?? '' }));
  return (
    <>
      <p className="crumbs">
        <Link href="/history">History</Link>
      </p>
      <h1>Two webhooks side by side</h1>
      <div className="two">
        <Side title="First" webhook={found.left} />
        <Side title="Second" webhook={found.right} />
      </div>
      <section className="card stack" aria-label="Differences">
        <h2>Differences</h2>
        {found.differences.length === 0 && <p className="quiet">There are none: both say and became the same.</p>}
        <dl className="changes">
          {found.differences.map(({ path, left, right }) => (
            <div key={path}>
              <dt>
                <code>{path}</code>
              </dt>
              <dd>
                {left !== undefined && <del>{textOf(left)}</del>}
                {right !== undefined && <ins>{textOf(right)}</ins>}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}

function Side({ title, webhook }: { title: string; webhook: WebhookDetail }) {
  return (
    <section className="card stack" aria-label={title}>
      <div className="head">
        <h2>
          <Link href={`/history/${webhook.requestId}`}>{webhook.summary || webhook.message || webhook.requestId}</Link>
        </h2>
        <StatusBadge status={webhook.status} action={webhook.action} />
      </div>
      <small className="quiet">
        {webhook.endpointName ?? 'an endpoint that is gone'} · <TimeAgo at={webhook.receivedAt} />
        {webhook.configVersion !== null && ` · configuration ${webhook.configVersion}`}
      </small>
    </section>
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
