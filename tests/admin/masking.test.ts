import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { getWebhook } from '../../admin/server/history/get.ts';
import { getSettings } from '../../admin/server/settings/get.ts';
import { patchSettings } from '../../admin/server/settings/patch.ts';
import { shardOf } from '../../infra/database/shard.ts';
import { createConfigCache } from '../../ingress/dispatcher/config-cache.ts';
import { planShard, type PlanDeps } from '../../ingress/dispatcher/plan-shard.ts';
import { startTestIngress, type TestIngress } from '../ingress/support/test-ingress.ts';
import { eventually } from '../support/eventually.ts';
import { UNHURRIED } from '../support/dispatch-bench.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

const SECRET = 'sssh-078-05-1120';
let world: AdminWorld;
let ingresses: TestIngress[];
let dispatchers: PlanDeps[];
let endpoint: { id: string; token: string; path: string };

beforeAll(async () => {
  world = await anAdminWorld();
  const { DATABASE_URL: url = '', ENCRYPTION_KEY = '' } = world.environment;
  ingresses = await Promise.all([1, 2].map(() => startTestIngress(url, { ENCRYPTION_KEY })));
  dispatchers = [1, 2].map(() => ({
    pool: world.context.pool,
    cipher: world.context.cipher,
    cache: createConfigCache(),
    environment: { ticketPrefix: 'Alert:', defaultCompanyId: null },
    connection: 'desk',
  }));
  const made = await world.run(createEndpoint, {
    body: {
      name: 'Masked',
      ticketing: {
        triggerField: 'status',
        openValues: ['down'],
        mapping: { summary: '$.name', description: 'Citizen {$.person.socialNumber} of {$.person}' },
      },
    },
  });
  endpoint = { id: made.id, token: made.token ?? '', path: new URL(made.url).pathname };
}, 60_000);
afterAll(async () => {
  await Promise.all(ingresses?.map((ingress) => ingress.stop()) ?? []);
  await world?.close();
});
beforeEach(() => save([]));

const save = (maskingWords: string[]) => world.run(patchSettings, { body: { maskingWords } });
const body = (name: string) => ({ status: 'down', name, person: { socialNumber: SECRET, age: 41 } });

async function send(ingress: TestIngress, token = endpoint.token): Promise<string> {
  const answer = await fetch(ingress.url + endpoint.path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-social-number': SECRET },
    body: JSON.stringify(body(`Web ${Math.random()}`)),
  });
  return ((await answer.json()) as { request_id: string }).request_id;
}
const planOn = (dispatcher: PlanDeps) => planShard(dispatcher, shardOf(endpoint.id), UNHURRIED);
const shown = async (id: string) => JSON.stringify(await world.run(getWebhook, { id }));

describe('names to be masked, added by setting', () => {
  it('are kept as sent, and refused with their place when they name nothing', async () => {
    await save(['social number', 'PIN']);
    expect((await world.run(getSettings, {})).maskingWords).toEqual(['social number', 'PIN']);
    const refusal = await world.refusal(patchSettings, { body: { maskingWords: ['ok', '---'] } });
    expect(refusal.faults.map(({ path }) => path)).toEqual(['maskingWords.1']);
  });

  it('hold for a webhook accepted after the save on every dispatcher: its body, plan, search and alert', async () => {
    for (const [at, dispatcher] of dispatchers.entries()) {
      await save([]);
      const before = await send(ingresses[0] as TestIngress);
      await planOn(dispatcher);
      expect(await shown(before), `dispatcher ${at}`).toContain(SECRET);

      await save(['socialnumber']);
      const after = await send(ingresses[0] as TestIngress);
      await planOn(dispatcher);
      const { rows } = await world.context.pool.query<{ kept: string; message: string }>(
        `select t.body || t.search || t.plan::text as kept, a.message from webhook_text t join alert a on a.webhook_id = t.id where t.id = $1`,
        [after],
      );
      expect(rows).toHaveLength(1);
      expect(rows[0]?.kept, `dispatcher ${at}`).toContain('********');
      expect(JSON.stringify(rows), `dispatcher ${at}`).not.toContain(SECRET);
    }
  });

  it('hold at once in history, for what is not planned yet and for bodies and headers kept before', async () => {
    const [ingress] = ingresses;
    const id = await send(ingress as TestIngress);
    expect(await shown(id)).toContain(SECRET);
    await save(['social number']);
    const unplanned = await world.run(getWebhook, { id });
    expect(unplanned).toMatchObject({
      body: { person: { socialNumber: '********', age: 41 } },
      headers: { 'x-social-number': '********' },
    });
    await save([]);
    await planOn(dispatchers[0] as PlanDeps);
    await save(['social number']);
    expect(await world.run(getWebhook, { id })).toMatchObject({
      body: { person: { socialNumber: '********', age: 41 } },
    });
  });

  it('reach the stored headers and the kept refusals of every ingress within seconds, without a restart', async () => {
    await save(['social number']);
    for (const ingress of ingresses) {
      await eventually(async () => {
        const id = await send(ingress);
        const { rows } = await world.context.pool.query('select headers from webhook where id = $1', [id]);
        expect(JSON.stringify(rows)).toContain('********');
        expect(JSON.stringify(rows)).not.toContain(SECRET);
      }, 15_000);
      const refused = await send(ingress, 'a wrong token');
      await eventually(async () => {
        const { rows } = await world.context.pool.query('select headers, body from refusal where id = $1', [refused]);
        expect(rows).toHaveLength(1);
        expect(JSON.stringify(rows)).not.toContain(SECRET);
        expect((rows[0] as { body: string }).body).toContain('********');
      }, 15_000);
    }
    await planOn(dispatchers[0] as PlanDeps);
  });
});
