import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dryRunEndpoint } from '../../admin/server/endpoints/dry-run.ts';
import { sealEndpointSecrets } from '../../infra/crypto/endpoint-secrets.ts';
import { shardOf } from '../../infra/database/shard.ts';
import type { Plan, PlannedAlert } from '../../workflows/contracts/plan.ts';
import { checkPlan } from '../corpus/check-plan.ts';
import { bytesOf, NOON, type CorpusCase, type CorpusWorld } from '../corpus/corpus-case.ts';
import { CORPUS } from '../corpus/index.ts';
import { aConfig } from '../support/builders.ts';
import { aBacktestWorld, type BacktestWorld } from './backtest-world.ts';

/** A case with its endpoint and its recorded webhook. */
interface Recorded {
  each: CorpusCase;
  endpointId: string;
  webhookId: string;
}

let world: BacktestWorld;
beforeAll(async () => {
  world = await aBacktestWorld();
}, 60_000);
afterAll(() => world?.close());

async function record(each: CorpusCase): Promise<Recorded> {
  const { pool, cipher } = world.context;
  const id = v7();
  const config = aConfig({ name: 'Corpus', verification: [], ...each.endpoint, ticketing: each.ticketing });
  await pool.query(
    `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher, enabled, draft) values ($1, $2, $3, $4, $5, '', $6, $7, $8)`,
    [
      id,
      config.name,
      config,
      shardOf(id),
      randomBytes(32),
      sealEndpointSecrets(cipher, id, {}),
      config.enabled,
      config.draft,
    ],
  );
  await pool.query(`insert into endpoint_version (endpoint_id, version, config, saved_by) values ($1, 1, $2, 'test')`, [
    id,
    config,
  ]);
  const [webhookId = ''] = await world.receive(id, [bytesOf(each.body)]);
  await world.receivedAt(webhookId, new Date(each.at ?? NOON));
  return { each, endpointId: id, webhookId };
}

/** Sets what holds for all endpoints, as the console keeps it. */
async function become({ tenants = [], maintenance = {}, maskingWords = [] }: CorpusWorld): Promise<void> {
  const { pool } = world.context;
  await pool.query('delete from tenant_mapping');
  await pool.query('delete from maintenance_window');
  for (const { tenant, companyId } of tenants)
    await pool.query(`insert into tenant_mapping (id, tenant, company_id) values (gen_random_uuid(), $1, $2)`, [
      tenant,
      companyId,
    ]);
  for (const window of maintenance.windows ?? [])
    await pool.query(
      `insert into maintenance_window (id, name, config, created_by) values (gen_random_uuid(), 'w', $1, 'test')`,
      [window],
    );
  const settings = {
    maintenanceMode: maintenance.globalMode ?? false,
    maintenancePolicy: maintenance.globalPolicy ?? 'skip',
    maskingWords,
  };
  for (const [key, value] of Object.entries(settings))
    await pool.query(
      `insert into setting (key, value, updated_by) values ($1, $2, 'test') on conflict (key) do update set value = excluded.value`,
      [key, JSON.stringify(value)],
    );
}

async function livePlan(webhookId: string): Promise<Plan> {
  const { rows } = await world.context.pool.query<{ plan: Plan }>('select plan from webhook_text where id = $1', [
    webhookId,
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error('The webhook was not planned.');
  return row.plan;
}

async function agree({ each, endpointId, webhookId }: Recorded): Promise<void> {
  const live = await livePlan(webhookId);
  checkPlan(live, each, 'live');
  const dry = await world.run(dryRunEndpoint, { id: endpointId, body: { webhookId } }, 'operator');
  const { failure, steps, warnings, alerts } = dry;
  expect({ failure, steps, warnings, alerts }, `${each.name} (dry run)`).toEqual({
    failure: live.failure,
    steps: live.steps,
    warnings: live.warnings,
    alerts: live.alerts,
  });
  checkPlan({ ...live, alerts: alerts as unknown as PlannedAlert[] }, each, 'dry run');
  const back = await world.backtest(endpointId, { config: { name: 'a draft' } });
  expect(back.examples, `${each.name} (backtest)`).toEqual([]);
  expect({ webhooks: back.webhooks, changed: back.changed }, `${each.name} (backtest)`).toEqual({
    webhooks: 1,
    changed: 0,
  });
  expect(back.after, each.name).toEqual(back.before);
  expect(back.after.alerts, each.name).toBe(each.alerts.length);
}

const worlds = Map.groupBy(CORPUS, (each) => JSON.stringify(each.world ?? {}));

describe('live traffic, dry run and backtest make the same plan of the corpus', () => {
  it.each([...worlds].map(([key, cases]) => [cases.length, key.slice(0, 80), cases] as const))(
    '%i cases under %s',
    async (_, __, cases) => {
      await become(cases[0]?.world ?? {});
      const recorded: Recorded[] = [];
      for (const each of cases) recorded.push(await record(each));
      await world.dispatch(recorded.map(({ endpointId }) => endpointId));
      for (const one of recorded) await agree(one);
    },
    300_000,
  );
});
