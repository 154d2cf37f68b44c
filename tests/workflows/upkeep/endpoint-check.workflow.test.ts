import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCatalogLists } from '../../../infra/database/catalog-store.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { prepareTemporal } from '../../../infra/temporal/prepare.ts';
import {
  ENDPOINT_CHECK_SCHEDULE,
  ENDPOINT_CHECK_WORKFLOW,
  type EndpointCheckEnd,
} from '../../../workflows/contracts/endpoint-check.ts';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { aConfig } from '../../support/builders.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../../support/incident-worker.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';

const MANY = 450;
let database: TestDatabase;
let pool: Pool;
let temporal: OwnTemporal;
let bench: IncidentBench;
let workers: { stop(): Promise<void> };

beforeAll(async () => {
  quietRuntime();
  [database, temporal] = await Promise.all([testDatabase(), ownTemporal()]);
  pool = benchPool(database.url);
  bench = await anIncident(pool, { companyId: 'ACME' });
  workers = await runWorkers(temporal.native, temporal.namespace, bench.deps);
  await keepBoards('2026-01-01T00:00:00Z', 'Service Board', 'NOC');
}, 60_000);
afterAll(async () => {
  await workers?.stop();
  await temporal?.stop();
  await pool?.end();
  await database?.drop();
});

const keepBoards = (at: string, ...boards: string[]) =>
  writeCatalogLists(
    pool,
    bench.deps.connection,
    [{ kind: 'boards', parent: null, items: boards.map((name) => ({ id: name, name })) }],
    at,
  );
const check = (workflowId = `check-${randomUUID()}`): Promise<EndpointCheckEnd> =>
  temporal.client.workflow.execute(ENDPOINT_CHECK_WORKFLOW, {
    workflowId,
    taskQueue: 'hookwise',
    args: [],
  }) as Promise<EndpointCheckEnd>;
const problemsOf = async (id: string) => {
  const { rows } = await pool.query('select version, problems from endpoint_health where endpoint_id = $1', [id]);
  return rows[0] as { version: number; problems: { path: string; message: string }[] } | undefined;
};
async function anEndpoint(config: EndpointConfig): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher) values ($1, 'Test', $2, 0, $3, '', '')`,
    [id, config, Buffer.from(id)],
  );
  return id;
}

it('marks what has gone bad with the exact reason, and clears it once it is mended', async () => {
  const good = await anEndpoint(aConfig({ ticketing: { board: 'NOC', companyId: 'ACME' } }));
  const bad = await anEndpoint(
    aConfig({
      heartbeat: { enabled: true, timeoutMinutes: 60, cron: '61 * * * *', timezone: 'UTC' },
      maintenance: [{ type: 'daily', start: '10:00', end: '11:00', timezone: 'Nowhere/Else', policy: 'skip' }],
      ticketing: {
        triggerField: '$.a[?(@.constructor())]',
        openValues: ['0'],
        closeValues: ['0'],
        routingRules: [{ path: '$.a', pattern: '(', overrides: { board: 'NOCC' } }],
      },
    }),
  );
  await check();
  expect(await problemsOf(good)).toEqual({ version: 1, problems: [] });
  expect((await problemsOf(bad))?.problems.map(({ path }) => path).sort()).toEqual([
    'heartbeat.cron',
    'maintenance.0',
    'ticketing.closeValues',
    'ticketing.companyId',
    'ticketing.routingRules.0.overrides.board',
    'ticketing.routingRules.0.pattern',
    'ticketing.triggerField',
  ]);

  await keepBoards('2026-01-02T00:00:00Z', 'Service Board', 'NOCC');
  await pool.query('update endpoint set config = $2, version = 2 where id = $1', [
    bad,
    aConfig({ ticketing: { companyId: 'ACME', board: 'NOCC' } }),
  ]);
  await check();
  expect(await problemsOf(bad)).toEqual({ version: 2, problems: [] });
  expect((await problemsOf(good))?.problems).toEqual([
    { path: 'ticketing.board', message: expect.stringContaining('“NOC”') },
  ]);
}, 60_000);

it('goes through more endpoints than fit one slice, and leaves deleted ones out', async () => {
  await pool.query(
    `insert into endpoint (id, name, config, shard, key_digest, key_cipher, secrets_cipher, deleted_at)
     select id, 'Many', $1, 0, decode(replace(id::text, '-', ''), 'hex'), '', '', case when n = 1 then now() end
     from (select gen_random_uuid() as id, n from generate_series(1, ${MANY}) n) made`,
    [aConfig({ ticketing: { companyId: 'ACME' } })],
  );
  const { rows } = await pool.query<{ here: number }>('select count(*) as here from endpoint where deleted_at is null');
  expect((await check('check-many')).checked).toBe(rows[0]?.here);
  await keepHistory(temporal.client.workflow.getHandle('check-many'), 'endpoint-check');
  const kept = await pool.query<{ checked: number }>('select count(*) as checked from endpoint_health');
  expect(kept.rows[0]?.checked).toBe(rows[0]?.here);
}, 60_000);

it('a check does not tell the processes that the configuration changed', async () => {
  const version = async () => (await pool.query('select version from config_version')).rows[0] as unknown;
  const before = await version();
  await check();
  expect(await version()).toEqual(before);
}, 60_000);

it('the schedule runs it every quarter of an hour', async () => {
  await prepareTemporal(temporal.client, temporal.namespace);
  const { spec } = await temporal.client.schedule.getHandle(ENDPOINT_CHECK_SCHEDULE).describe();
  expect(spec.intervals?.[0]?.every).toBe(900_000);
});
