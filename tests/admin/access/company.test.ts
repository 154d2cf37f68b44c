import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../admin/server/api-keys/verbs.ts';
import { createEndpoint } from '../../../admin/server/endpoints/create.ts';
import { API_PATHS } from '../../../admin/server/openapi-paths.ts';
import { receivePlanned } from '../recorded-webhooks.ts';
import { call } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';

interface Things {
  endpoint: string;
  webhook: string;
  incident: string;
  ticket: string;
}

let served: ServedAccess;
let key: string;
let acme: Things;
let other: Things;
let mixed: { endpoint: string; own: string; foreign: string; both: string };
beforeAll(async () => {
  served = await serveAccess();
  key = (await served.world.run(createApiKey, { body: { name: 'acme', role: 'operator', company: 'acme' } })).key;
  [acme, other] = [await things('ACME'), await things('Other')];
  const endpoint = (
    await served.world.run(createEndpoint, {
      body: {
        name: 'Shared',
        ticketing: { splitPath: '$.all[*]', mapping: { customer_id: '$.for', summary: '$.name' } },
      },
    })
  ).id;
  const receive = (...companies: string[]) =>
    receivePlanned(
      served.world,
      endpoint,
      JSON.stringify({ all: companies.map((name) => ({ for: name, name, heartbeat: { status: 0 } })) }),
    );
  mixed = {
    endpoint,
    own: await receive('ACME'),
    foreign: await receive('Other'),
    both: await receive('ACME', 'Other'),
  };
}, 120_000);
afterAll(() => served?.close());

async function things(company: string): Promise<Things> {
  const { world } = served;
  const endpoint = (
    await world.run(createEndpoint, { body: { name: `Of ${company}`, ticketing: { companyId: company } } })
  ).id;
  const webhook = await receivePlanned(world, endpoint, '{"heartbeat":{"status":0}}');
  const { rows } = await world.context.pool.query<{ incident_id: string }>(
    'select incident_id from alert where webhook_id = $1',
    [webhook],
  );
  const made = await world.context.pool.query<{ id: number }>(
    `insert into ticket (key, summary, description, company, board, status, updated_by) values ($1, 'S', 'D', $2, 'B', 'New', 'test') returning id`,
    [`key ${company}`, company],
  );
  return { endpoint, webhook, incident: rows[0]?.incident_id ?? '', ticket: String(made.rows[0]?.id) };
}

const ask = (path: string, method = 'GET', body?: unknown) =>
  call(served, method, `/api/v1${path}`, body, { authorization: `Bearer ${key}` });
const listed = async (path: string, id = 'id') =>
  ((await ask(path)).json['items'] as Record<string, unknown>[]).map((item) => item[id]);

describe('whoever is limited to a company', () => {
  it('sees its endpoints, incidents, tickets and history in the lists, and nothing of another’s', async () => {
    expect(await listed('/endpoints')).toEqual([acme.endpoint]);
    expect(await listed('/incidents')).toEqual(expect.arrayContaining([acme.incident]));
    expect(await listed('/incidents')).not.toContain(other.incident);
    expect(await listed('/tickets')).toEqual([acme.ticket]);
    expect((await listed('/history', 'requestId')).sort()).toEqual([acme.webhook, mixed.own].sort());
  });

  it('reads its own one by one, and finds another’s not there', async () => {
    for (const [mine, theirs] of [
      [`/endpoints/${acme.endpoint}`, `/endpoints/${other.endpoint}`],
      [`/incidents/${acme.incident}`, `/incidents/${other.incident}`],
      [`/tickets/${acme.ticket}`, `/tickets/${other.ticket}`],
      [`/heartbeats/${acme.endpoint}/silences`, `/heartbeats/${other.endpoint}/silences`],
      [`/history/${acme.webhook}`, `/history/${other.webhook}`],
      [`/history/${mixed.own}`, `/history/${mixed.foreign}`],
      [`/history/${acme.webhook}`, `/history/${mixed.both}`],
    ] as const)
      expect([(await ask(mine)).status, (await ask(theirs)).status], theirs).toEqual([200, 404]);
  });

  it('X13: reads no result of another’s work, nor asks for it', async () => {
    for (const order of ['analyse', 'close', 'retry'])
      expect((await ask(`/incidents/${other.incident}/${order}`, 'POST', {})).status).toBe(404);
    expect((await ask(`/tickets/${other.ticket}/notes`, 'POST', { text: 'x' })).status).toBe(404);
    expect((await ask(`/tickets/${other.ticket}`, 'PATCH', { closed: true })).status).toBe(404);
    expect((await ask(`/tickets/${acme.ticket}/notes`, 'POST', { text: 'x' })).status).toBe(201);
    const { rows } = await served.world.context.pool.query(
      'select 1 from incident_order where incident_id = $1 union all select 1 from ticket_note where ticket_id = $2',
      [other.incident, other.ticket],
    );
    expect(rows).toEqual([]);
  });

  it('is counted its own alone in the numbers', async () => {
    const [stats, pulse, activity] = [await ask('/stats'), await ask('/stats/pulse'), await ask('/stats/endpoints')];
    expect(stats.json).toMatchObject({ accepted: 1, refused: 0 });
    expect(pulse.json).toMatchObject({ endpoints: 1, inboxDepth: 0 });
    expect(pulse.json['openIncidents']).toBe((await listed('/incidents')).length);
    expect((activity.json['items'] as { endpointId: string }[]).map(({ endpointId }) => endpointId)).toEqual([
      acme.endpoint,
    ]);
  });

  it('is refused where the limit is not honoured; what is open tells nothing of another’s', async () => {
    const secrets = [other.endpoint, other.incident, other.webhook, mixed.foreign, mixed.both, 'Of Other'];
    const open: string[] = [];
    for (const [path, operations] of Object.entries(API_PATHS)) {
      if (!('get' in operations) || path.includes('{')) continue;
      const { status, text } = await ask(path);
      if (status === 403) continue;
      open.push(path);
      const fine = path === '/history/search' ? 422 : 200;
      expect([path, status, secrets.filter((secret) => text.includes(secret))]).toEqual([path, fine, []]);
    }
    const known = ['/endpoints', '/heartbeats', '/history', '/incidents', '/stats', '/stats/pulse', '/tickets'];
    expect(open).toEqual(expect.arrayContaining(known));
    for (const path of ['/users', '/api-keys', '/export', '/tenant-mappings']) expect(open).not.toContain(path);
  });
});
