import type { RunningStack } from '../running-stack.ts';
import { eventually } from '../eventually.ts';

/** Text that would run or break out if a page took it as markup. */
export const HOSTILE = `<script>window.pwned=1</script>"><img src=x onerror=window.pwned=2> 'quoted' {{7*7}}`;

interface Sample {
  name: string;
  config: Record<string, unknown>;
  bodies: unknown[];
}

const kuma = (monitor: string, status: 0 | 1, msg: string) => ({
  heartbeat: { status, msg, time: '2026-03-01 02:00:00' },
  monitor: { name: monitor, hostname: `${monitor.toLowerCase().replaceAll(' ', '-')}.example.com` },
  msg: `[${monitor}] [${status === 0 ? 'Down' : 'Up'}] ${msg}`,
});

const SAMPLES: Sample[] = [
  {
    name: 'Uptime Kuma production',
    config: { description: 'Customer facing services', pinned: true, ticketing: { noteIntervalSeconds: 0 } },
    bodies: [
      kuma('Web shop', 0, 'connect ECONNREFUSED 10.0.4.12:443'),
      kuma('Web shop', 0, 'Request failed with status code 502'),
      kuma('Mail gateway', 0, 'timeout of 48000ms exceeded'),
      kuma('Web shop', 1, '200 - OK'),
      kuma('VPN Vienna', 0, 'No heartbeat in the time window'),
      kuma('VPN Vienna', 1, '200 - OK'),
      kuma('Payments API', 0, 'getaddrinfo ENOTFOUND pay.example.com'),
    ],
  },
  {
    name: 'Backup server',
    config: {
      ticketing: {
        triggerField: 'result',
        openValues: ['failed'],
        closeValues: ['ok'],
        mapping: { summary: 'Backup of {$.job} on {$.host}', description: '$.detail' },
        routingRules: [{ path: '$.host', pattern: '^db', overrides: { board: 'Databases', priority: 'Priority 1' } }],
        board: 'Backups',
        closePolicy: 'untouched',
      },
      heartbeat: { enabled: true, timeoutMinutes: 1440 },
      maintenance: [{ type: 'weekly', days: ['Sat', 'Sun'], start: '22:00', end: '04:00', timezone: 'Europe/Vienna' }],
    },
    bodies: [
      { result: 'failed', job: 'nightly', host: 'db-1', detail: 'No space left on device', apiToken: 'secret' },
      { result: 'ok', job: 'hourly', host: 'files-2', detail: 'done' },
      { result: 'failed', job: 'hourly', host: 'files-2', detail: 'Snapshot is locked' },
      { result: 'ok', job: 'hourly', host: 'files-2', detail: 'done' },
    ],
  },
  {
    name: 'Firewall events',
    config: { verification: [{ type: 'hmac', secret: 'a shared secret' }], ticketing: { otherValues: 'skip' } },
    bodies: [],
  },
  {
    name: `Quotes ${HOSTILE}`.slice(0, 100),
    config: { description: HOSTILE },
    bodies: [kuma(HOSTILE, 0, HOSTILE), { heartbeat: { status: 7 }, monitor: { name: 'Strange' }, msg: HOSTILE }],
  },
  {
    name: 'Site that moves',
    config: {
      description: 'Held until the move is over',
      maintenance: [
        { type: 'daily', start: '00:00', end: '12:00', timezone: 'Europe/Vienna', policy: 'hold' },
        { type: 'daily', start: '12:00', end: '00:00', timezone: 'Europe/Vienna', policy: 'hold' },
      ],
    },
    bodies: [kuma('Core switch', 0, 'No answer to ping')],
  },
  { name: 'Printer closet', config: { enabled: false }, bodies: [] },
];

/** Fills a running stack as a small company would have it: endpoints, tickets, a window, tenants, refusals. */
export async function makeSampleData(stack: RunningStack): Promise<{ endpointIds: string[] }> {
  const endpointIds: string[] = [];
  for (const { name, config, bodies } of SAMPLES) {
    const endpoint = await stack.makeEndpoint({ name, ...config });
    endpointIds.push(endpoint.id);
    for (const body of bodies) await send(endpoint.url, endpoint.token, body, 202);
    if (name.startsWith('Backup')) await send(endpoint.url, 'a wrong token', bodies[0], 401);
  }
  await stack.rest.post('/tenant-mappings', { tenant: 'Acme*', companyId: 'ACME', description: 'All sites of Acme' });
  await stack.rest.post('/tenant-mappings', { tenant: HOSTILE.slice(0, 80), companyId: 'NORTH', description: HOSTILE });
  await stack.rest.post('/maintenance-windows', {
    name: 'Patch night',
    window: { type: 'weekly', days: ['Sun'], start: '01:00', end: '05:00', timezone: 'Europe/Vienna', policy: 'hold' },
  });
  await eventually(async () => {
    const open = await stack.pool.query('select 1 from webhook where state = $1 limit 1', ['received']);
    const alerts = await stack.pool.query(`select 1 from alert where not settled and state <> 'held' limit 1`);
    return open.rowCount === 0 && alerts.rowCount === 0;
  }, 60_000);
  await stack.rest.post('/history/replay', { filter: { q: 'VPN Vienna' }, rules: 'recorded', ratePerSecond: 50 });
  await eventually(async () => {
    const left = await stack.pool.query(`select 1 from bulk_replay where state = 'running' limit 1`);
    const planned = await stack.pool.query(`select 1 from webhook where state = 'received' limit 1`);
    return left.rowCount === 0 && planned.rowCount === 0;
  }, 60_000);
  await spreadOverTheDay(stack);
  return { endpointIds };
}

async function send(url: string, token: string, body: unknown, status: number): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
  await response.text();
  if (response.status !== status) throw new Error(`A sample was answered ${response.status}.`);
}

/** Times spread from the day's beginning until now, in the order received, so that charts have a shape. */
async function spreadOverTheDay(stack: RunningStack): Promise<void> {
  await stack.pool.query(`
    with ranked as (
      select id, date_trunc('day', now(), 'UTC') + (now() - date_trunc('day', now(), 'UTC')) * (row_number() over (order by id) / (count(*) over ())::float8) as at from webhook
    ), moved as (
      update webhook w set received_at = r.at from ranked r where r.id = w.id returning w.id, r.at
    )
    update alert a set settled_at = m.at + (a.settled_at - a.received_at), received_at = m.at from moved m where m.id = a.webhook_id`);
}
