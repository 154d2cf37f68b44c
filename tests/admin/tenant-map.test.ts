import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import {
  createTenantMapping,
  deleteTenantMapping,
  patchTenantMapping,
} from '../../admin/server/tenant-mappings/verbs.ts';
import { createPool, type Pool } from '../../infra/database/pool.ts';
import { shardOf } from '../../infra/database/shard.ts';
import { createLogger } from '../../infra/observability/logger.ts';
import { createConfigCache } from '../../ingress/dispatcher/config-cache.ts';
import { createBellStore, OVERDUE_MS, RING_AGAIN_MS } from '../../ingress/dispatcher/bell-store.ts';
import { createDispatchMetrics } from '../../ingress/dispatcher/dispatch-metrics.ts';
import { startDispatcher } from '../../ingress/dispatcher/dispatcher.ts';
import { planShard, type PlanDeps } from '../../ingress/dispatcher/plan-shard.ts';
import { createPlanningMark } from '../../ingress/dispatcher/planning-mark.ts';
import { createRinger } from '../../ingress/dispatcher/ring.ts';
import { startTestIngress, type TestIngress } from '../ingress/support/test-ingress.ts';
import { eventually } from '../support/eventually.ts';
import { UNHURRIED } from '../support/dispatch-bench.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

const ROUNDS = 12;
let world: AdminWorld;
let ingress: TestIngress;
let pool: Pool;

beforeAll(async () => {
  world = await anAdminWorld();
  const { DATABASE_URL: url = '', ENCRYPTION_KEY = '' } = world.environment;
  ingress = await startTestIngress(url, { ENCRYPTION_KEY });
  pool = createPool(url, { name: 'test', max: 8 });
}, 60_000);
afterAll(async () => {
  await ingress?.stop();
  await pool?.end();
  await world?.close();
});

/** What each dispatching process has of its own. */
const aDispatcher = (): PlanDeps => ({
  pool,
  cipher: world.context.cipher,
  cache: createConfigCache(),
  environment: { ticketPrefix: 'Alert:', defaultCompanyId: null },
  connection: 'desk',
});

async function anEndpoint() {
  const {
    id,
    url,
    token = '',
  } = await world.run(createEndpoint, {
    body: { name: 'Tenants', ticketing: { triggerField: 'status', openValues: ['down'] } },
  });
  const send = async (tenant: string): Promise<string> => {
    const answer = await fetch(ingress.url + new URL(url).pathname, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'down', name: 'Web', Tenant: tenant }),
    });
    expect(answer.status).toBe(202);
    return ((await answer.json()) as { request_id: string }).request_id;
  };
  return { id, send };
}

/** The company the plan of a webhook names; undefined while it is not planned. */
async function companyOf(webhook: string): Promise<string | null | undefined> {
  const { rows } = await pool.query<{ company: string | null }>(
    `select plan #>> '{alerts,0,ticket,companyId}' as company from webhook_text where id = $1`,
    [webhook],
  );
  return rows[0]?.company;
}

it('a webhook accepted after a save was answered is planned with the new map, whichever process plans it', async () => {
  const { id: endpointId, send } = await anEndpoint();
  const dispatchers = [aDispatcher(), aDispatcher(), aDispatcher()];
  const plan = (dispatcher: PlanDeps) => planShard(dispatcher, shardOf(endpointId), UNHURRIED);
  const { id } = await world.run(createTenantMapping, { body: { tenant: 'Contoso', companyId: 'START' } });
  for (const dispatcher of dispatchers) {
    await send('contoso');
    await plan(dispatcher);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const companyId = `COMPANY${round}`;
    await world.run(patchTenantMapping, { id, body: { companyId } });
    for (const dispatcher of dispatchers) {
      const webhook = await send('CONTOSO');
      await plan(dispatcher);
      expect(await companyOf(webhook)).toBe(companyId);
    }
  }
  await world.run(createTenantMapping, { body: { tenant: 'conto*', companyId: 'GLOB' } });
  await world.run(deleteTenantMapping, { id });
  for (const dispatcher of dispatchers) {
    const webhook = await send('Contoso');
    await plan(dispatcher);
    expect(await companyOf(webhook)).toBe('GLOB');
  }
});

it('it holds while several dispatchers plan at once and edits come in between', { timeout: 60_000 }, async () => {
  const endpoints = await Promise.all([1, 2, 3].map(() => anEndpoint()));
  const logger = createLogger('test', 'fatal');
  const silent = { withDeadline: () => Promise.resolve() } as unknown as Client;
  const store = createBellStore(pool, { againMs: RING_AGAIN_MS, overdueMs: OVERDUE_MS });
  const running = [1, 2].map(() => {
    const metrics = createDispatchMetrics();
    return startDispatcher({
      plan: aDispatcher(),
      ringer: createRinger({ client: silent, store, logger, metrics, deadlineMs: 1_000 }),
      metrics,
      logger,
      lookEveryMs: 20,
      mark: createPlanningMark(),
    });
  });
  try {
    const { id } = await world.run(createTenantMapping, { body: { tenant: 'Fabrikam', companyId: 'START' } });
    const expected: { webhook: string; from: number }[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await world.run(patchTenantMapping, { id, body: { companyId: `R${round}` } });
      const sent = await Promise.all(endpoints.flatMap(({ send }) => [send('fabrikam'), send('Fabrikam')]));
      expected.push(...sent.map((webhook) => ({ webhook, from: round })));
    }
    for (const { webhook, from } of expected) {
      const company = await eventually(async () => (await companyOf(webhook)) ?? false, 20_000);
      expect(Number(company.slice(1)), `saved ${from}, planned with ${company}`).toBeGreaterThanOrEqual(from);
    }
  } finally {
    await Promise.all(running.map((dispatcher) => dispatcher.stop()));
  }
});
