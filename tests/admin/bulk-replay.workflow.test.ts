import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBulkReplayActivities } from '../../activities/bulk-replay/bulk-replay.activities.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createEndpoint } from '../../admin/server/endpoints/create.ts';
import { cancelBulkReplay, getBulkReplay, listBulkReplays } from '../../admin/server/history/bulk/runs.ts';
import { startBulkReplayVerb } from '../../admin/server/history/bulk/start.ts';
import { openRaw, sealRaw } from '../../infra/crypto/webhook-raw.ts';
import { shardOf } from '../../infra/database/shard.ts';
import { writeWebhooks } from '../../infra/database/write-webhooks.ts';
import { bulkReplayWorkflowId } from '../../workflows/contracts/bulk-replay.ts';
import { aWebhook } from '../support/a-webhook.ts';
import { eventually } from '../support/eventually.ts';
import { anIncident } from '../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../support/incident-worker.ts';
import { keepHistory } from '../support/keep-history.ts';
import { quietRuntime } from '../support/quiet-runtime.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

const PATIENT_MS = 40_000;
let world: AdminWorld;
let temporal: OwnTemporal;
let workers: { stop(): Promise<void> };
let deps: ActivityDeps;

beforeAll(async () => {
  quietRuntime();
  temporal = await ownTemporal();
  world = await anAdminWorld({ TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace });
  const { pool, cipher } = world.context;
  deps = { ...(await anIncident(pool)).deps, cipher };
  workers = await runWorkers(temporal.native, temporal.namespace, deps);
}, 60_000);
afterAll(async () => {
  await workers?.stop();
  await world?.close();
  await temporal?.stop();
});

/** An endpoint that has received so many webhooks, all planned. */
async function received(count: number): Promise<{ endpoint: string; ids: string[] }> {
  const { pool, cipher } = world.context;
  const { id: endpoint } = await world.run(createEndpoint, { body: { name: 'Bulk' } });
  const ids = Array.from({ length: count }, (_, n) => uuidv7({ msecs: Date.now() - 60_000 + n }));
  await writeWebhooks(
    pool,
    ids.map((id, n) =>
      aWebhook({
        id,
        endpointId: endpoint,
        shard: shardOf(endpoint),
        raw: sealRaw(cipher, { id, endpointId: endpoint }, Buffer.from(`{"n":${n}}`)),
      }),
    ),
  );
  await pool.query(`update webhook set state = 'planned' where endpoint_id = $1`, [endpoint]);
  return { endpoint, ids };
}

async function replaysOf(endpoint: string): Promise<{ of: string; rules: string; body: string }[]> {
  const { pool, cipher } = world.context;
  const { rows } = await pool.query<{ id: string; raw: Buffer; of: string; rules: string }>(
    `select id, raw, replay_of as of, replay_rules as rules from webhook where endpoint_id = $1 and origin = 'replay' order by seq`,
    [endpoint],
  );
  return rows.map(({ id, raw, of, rules }) => ({
    of,
    rules,
    body: openRaw(cipher, { id, endpointId: endpoint }, raw).toString(),
  }));
}

const start = async (body: Record<string, unknown>): Promise<string> => {
  const run = await world.run(startBulkReplayVerb, { body }, 'operator');
  if (!('id' in run)) throw new Error('It was only counted.');
  return run.id;
};
const ended = (id: string) =>
  eventually(async () => {
    const run = await world.run(getBulkReplay, { id }, 'viewer');
    return run.state === 'running' ? false : run;
  }, PATIENT_MS);

it('replays everything of a filter once, the oldest first, and says how far it is', async () => {
  const { endpoint, ids } = await received(7);
  const filter = { endpoint };
  expect(await world.run(startBulkReplayVerb, { body: { filter, preview: true } }, 'operator')).toEqual({ total: 7 });
  expect(await replaysOf(endpoint)).toEqual([]);
  const id = await start({ filter, rules: 'recorded', ratePerSecond: 5 });
  expect(await ended(id)).toMatchObject({ state: 'done', total: 7, replayed: 7, skipped: 0, askedBy: 'API key: test' });
  const replays = await replaysOf(endpoint);
  expect(replays).toEqual(ids.map((of, n) => ({ of, rules: 'recorded', body: `{"n":${n}}` })));
  expect((await world.run(listBulkReplays, {}, 'viewer')).items.map((run) => run.id)).toContain(id);
  await temporal.client.workflow.getHandle(bulkReplayWorkflowId(id)).result();
  await keepHistory(temporal.client.workflow.getHandle(bulkReplayWorkflowId(id)), 'bulk-replay');
  const audit = await world.context.pool.query('select action from audit_entry where entity_id = $1', [id]);
  expect(audit.rows).toEqual([{ action: 'replay' }]);
  expect(await world.run(startBulkReplayVerb, { body: { filter, preview: true } }, 'operator')).toEqual({ total: 7 });
}, 90_000);

it('queues no webhook twice, however often and at once its steps are run', async () => {
  const { endpoint } = await received(40);
  const id = await start({ filter: { endpoint }, ratePerSecond: 4 });
  const { replayNextPage } = createBulkReplayActivities(deps);
  for (let round = 0; round < 6; round += 1) await Promise.all([1, 2, 3].map(() => replayNextPage({ id })));
  expect(await ended(id)).toMatchObject({ state: 'done', replayed: 40 });
  const replays = await replaysOf(endpoint);
  expect(new Set(replays.map(({ of }) => of)).size).toBe(40);
  expect(replays).toHaveLength(40);
}, 90_000);

it('queues nothing more once it was cancelled, and cannot be cancelled twice', async () => {
  const { endpoint } = await received(50);
  const id = await start({ filter: { endpoint }, ratePerSecond: 1 });
  const cancelled = await world.run(cancelBulkReplay, { id }, 'operator');
  expect(cancelled).toMatchObject({ state: 'cancelled', endedBy: 'API key: test' });
  await temporal.client.workflow.getHandle(bulkReplayWorkflowId(id)).result();
  expect(await replaysOf(endpoint)).toHaveLength(cancelled.replayed);
  expect((await world.refusal(cancelBulkReplay, { id }, 'operator')).code).toBe('conflict');
}, 90_000);

it('waits while live traffic waits, and says so', async () => {
  const { pool } = world.context;
  const live = await received(300);
  const { endpoint } = await received(2);
  await pool.query(`update webhook set state = 'received' where endpoint_id = $1`, [live.endpoint]);
  const id = await start({ filter: { endpoint } });
  const { waitsFor } = await eventually(async () => {
    const run = await world.run(getBulkReplay, { id }, 'viewer');
    return run.waitsFor === null ? false : run;
  }, PATIENT_MS);
  expect(waitsFor).toContain('wait to be planned');
  expect(await replaysOf(endpoint)).toEqual([]);
  await pool.query(`update webhook set state = 'planned' where endpoint_id = $1`, [live.endpoint]);
  expect(await ended(id)).toMatchObject({ state: 'done', replayed: 2, waitsFor: null });
}, 90_000);

it('is refused to viewers, for rates that cannot be, and where nothing matches', async () => {
  const body = { filter: { source: '203.0.113.1' } };
  expect((await world.refusal(startBulkReplayVerb, { body }, 'viewer')).code).toBe('forbidden');
  expect((await world.refusal(startBulkReplayVerb, { body }, 'operator')).code).toBe('conflict');
  for (const ratePerSecond of [0, 101, 1.5])
    expect((await world.refusal(startBulkReplayVerb, { body: { ratePerSecond } })).faults[0]?.path).toBe(
      'ratePerSecond',
    );
  expect((await world.refusal(startBulkReplayVerb, { body: { filter: { status: 'odd' } } })).faults[0]?.path).toBe(
    'filter.status',
  );
});
