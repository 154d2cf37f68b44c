import type { Metadata } from 'next';
import { LiveFeed } from '../../../components/live/live-feed.tsx';
import { pageContextFor } from '../../../lib/page-context.ts';
import { readEveryEndpoint } from '../endpoints/every-endpoint.ts';

export const metadata: Metadata = { title: 'Live' };

export default async function LivePage() {
  const context = await pageContextFor('/live');
  const endpoints = await readEveryEndpoint(context);
  return (
    <>
      <div>
        <h1>Live</h1>
        <p className="lead">What arrives and what becomes of it, while it happens. Secrets are masked.</p>
      </div>
      <LiveFeed endpoints={endpoints.map(({ id, name }) => ({ value: id, label: name }))} />
    </>
  );
}
