import { afterAll, beforeAll, expect, it } from 'vitest';
import { PATCH } from '../../admin/app/api/v1/endpoints/[id]/route.ts';
import { POST as dryRun } from '../../admin/app/api/v1/endpoints/[id]/dry-run/route.ts';
import { GET as diff } from '../../admin/app/api/v1/endpoints/[id]/versions/[version]/diff/[other]/route.ts';
import { POST as restore } from '../../admin/app/api/v1/endpoints/[id]/versions/[version]/restore/route.ts';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import type { RouteHandler } from '../../admin/server/rest.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';
import { receivePlanned } from './recorded-webhooks.ts';

const HOLDER = Symbol.for('hookwise.admin.context');
let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
  Object.assign(globalThis, { [HOLDER]: world.context });
}, 60_000);
afterAll(async () => {
  Reflect.deleteProperty(globalThis, HOLDER);
  await world.close();
});

const make = async (ticketing: object = {}) =>
  (await world.run(createEndpoint, { body: { name: 'Route', ticketing } })).id;

async function ask(
  handler: RouteHandler,
  params: Record<string, string>,
  { method = 'POST', query = '', text }: { method?: string; query?: string; text?: string } = {},
): Promise<{ status: number; text: string }> {
  const request = new Request(`http://localhost/api/v1${query}`, {
    method,
    headers: {
      authorization: `Bearer ${world.environment['HOOKWISE_API_KEY']}`,
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(text === undefined ? {} : { body: text }),
  });
  const answer = await handler(request, { params: Promise.resolve(params) });
  return { status: answer.status, text: await answer.text() };
}

it('plans the numbers of a body with the sender’s own digits, as live traffic does', async () => {
  const id = await make({
    mapping: { summary: '$.amount is $.big' },
    routingRules: [{ path: '$.amount', pattern: '^1\\.50$' }],
  });
  const body = '{"amount":1.50,"big":12345678901234567890,"heartbeat":{"status":0}}';
  const answer = await ask(
    dryRun,
    { id },
    { text: `{"body":${body},"config":{"ticketing":{"noteIntervalSeconds":30.0}}}` },
  );
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('Alert: 1.50 is 12345678901234567890')]);
  expect(answer.text).toContain(`"body":${body}`);
  expect(JSON.parse(answer.text).alerts[0].matchedRules).toHaveLength(1);
  expect((await ask(dryRun, { id }, { text: '{"body":' })).status).toBe(422);
  expect((await ask(dryRun, { id: 'nothing' }, { text: '{"body":{"a":1}}' })).status).toBe(404);
});

it('answers a change that would move open incidents with a problem that lists them, and takes ?confirm=identity', async () => {
  const id = await make();
  await receivePlanned(world, id, '{"monitor":"Web","heartbeat":{"status":0}}');
  const text = '{"ticketing":{"summaryPrefix":"New"}}';
  const refused = await ask(PATCH, { id }, { method: 'PATCH', text });
  expect(refused.status).toBe(409);
  expect(JSON.parse(refused.text)).toMatchObject({
    title: 'Not possible now',
    reason: 'identity',
    total: 1,
    incidents: [{ summary: 'Alert: Web', becomes: { summary: 'New Web', customer: null } }],
  });
  expect((await ask(PATCH, { id }, { method: 'PATCH', text, query: '?confirm=maybe' })).status).toBe(422);
  expect((await ask(PATCH, { id }, { method: 'PATCH', text, query: '?confirm=identity' })).status).toBe(200);
  const changed = await ask(diff, { id, version: '1', other: '2' }, { method: 'GET' });
  expect(JSON.parse(changed.text).changes).toEqual([{ path: 'ticketing.summaryPrefix', before: null, after: 'New' }]);
  expect((await ask(restore, { id, version: '1' })).status).toBe(200);
  expect((await ask(restore, { id, version: 'x' })).status).toBe(404);
});
