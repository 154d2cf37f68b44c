import type { RestClient } from '../../../infra/bench/rest-client.ts';

/** A page of the console, with the name that its pictures have. */
export interface ConsolePage {
  name: string;
  path: string;
  /** A button that is pressed before the page is looked at, and what appears then. */
  press?: { button: string; appears: string };
  /** Long by nature: narrow pictures show its beginning. */
  isLong?: true;
}

/** Every page of the console over the data that is there now. */
export async function consolePages(rest: RestClient): Promise<ConsolePage[]> {
  const first = async <T>(path: string): Promise<T | undefined> => (await rest.get<{ items: T[] }>(path)).items[0];
  const endpoint = await first<{ id: string }>('/endpoints?q=Backup');
  const hostile = await first<{ id: string }>('/endpoints?q=Quotes');
  const incident = await first<{ id: string }>('/incidents?q=Web%20shop');
  const ticket = await first<{ id: string }>('/tickets');
  const webhook = await first<{ requestId: string }>(`/history?endpoint=${hostile?.id ?? ''}&action=create`);
  const other = await first<{ requestId: string }>('/history?q=Web%20shop');
  return [
    { name: 'overview', path: '/' },
    { name: 'endpoints', path: '/endpoints' },
    { name: 'endpoint', path: `/endpoints/${endpoint?.id}` },
    { name: 'endpoint-editor', path: `/endpoints/${endpoint?.id}/edit`, isLong: true },
    { name: 'endpoint-tester', path: `/endpoints/${endpoint?.id}/edit?tool=test`, isLong: true },
    {
      name: 'endpoint-backtest',
      path: `/endpoints/${endpoint?.id}/edit?tool=backtest`,
      press: { button: 'Run', appears: '[aria-label="Then and now"]' },
      isLong: true,
    },
    { name: 'endpoint-versions', path: `/endpoints/${endpoint?.id}/versions` },
    { name: 'endpoint-hostile', path: `/endpoints/${hostile?.id}` },
    { name: 'endpoint-new', path: '/endpoints/new' },
    { name: 'incidents', path: '/incidents' },
    { name: 'incidents-board', path: '/incidents?view=board' },
    { name: 'incident', path: `/incidents/${incident?.id}` },
    { name: 'tickets', path: '/tickets' },
    { name: 'ticket', path: `/tickets/${ticket?.id}` },
    { name: 'history', path: '/history' },
    { name: 'history-bodies', path: '/history?body=ECONNREFUSED' },
    {
      name: 'history-menu',
      path: '/history',
      press: { button: 'Actions for', appears: '[role="menu"]' },
    },
    { name: 'webhook', path: `/history/${webhook?.requestId}` },
    { name: 'maintenance', path: '/maintenance' },
    { name: 'tenants', path: '/tenants' },
    { name: 'live', path: '/live' },
    { name: 'heartbeats', path: '/heartbeats' },
    { name: 'silences', path: `/heartbeats/${endpoint?.id}` },
    { name: 'maintenance-month', path: '/maintenance?view=month' },
    { name: 'workflows', path: '/workflows' },
    { name: 'audit', path: '/audit' },
    { name: 'replays', path: '/history/replays' },
    { name: 'compare', path: `/history/compare?left=${webhook?.requestId}&right=${other?.requestId}` },
    { name: 'settings', path: '/settings' },
    { name: 'settings-connections', path: '/settings/connections' },
    { name: 'settings-transfer', path: '/settings/transfer' },
    { name: 'settings-keys', path: '/settings/keys' },
    { name: 'settings-people', path: '/settings/people' },
    { name: 'settings-account', path: '/settings/account' },
    { name: 'reference', path: '/reference', isLong: true },
  ];
}
