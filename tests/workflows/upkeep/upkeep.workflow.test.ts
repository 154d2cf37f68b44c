import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { ensurePartitions } from '../../../infra/database/partitions.ts';
import { prepareTemporal } from '../../../infra/temporal/prepare.ts';
import { UPKEEP_SCHEDULE, UPKEEP_WORKFLOW, type UpkeepEnd } from '../../../workflows/contracts/upkeep.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { anIncident, benchPool } from '../../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../../support/incident-worker.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';

let database: TestDatabase;
let pool: Pool;
let temporal: OwnTemporal;

beforeAll(async () => {
  quietRuntime();
  [database, temporal] = await Promise.all([testDatabase(), ownTemporal()]);
  pool = benchPool(database.url);
});
afterAll(async () => {
  await temporal?.stop();
  await pool?.end();
  await database?.drop();
});

it('drops days past retention, keeps days ahead, and forgets old delivery ids', async () => {
  await prepareTemporal(temporal.client, temporal.namespace);
  await prepareTemporal(temporal.client, temporal.namespace);
  expect((await temporal.client.schedule.getHandle(UPKEEP_SCHEDULE).describe()).spec.intervals).toHaveLength(1);
  const incident = await anIncident(pool);
  const longAgo = new Date(Date.now() - 40 * 86_400_000);
  await ensurePartitions(pool, 0, longAgo);
  await pool.query(`insert into delivery_key values ($1, 'x', $1, now() - interval '25 hours'), ($1, 'y', $1, now())`, [
    (await incident.row())['id'],
  ]);
  const { stop } = await runWorkers(temporal.native, temporal.namespace, incident.deps);
  try {
    const end: UpkeepEnd = await temporal.client.workflow.execute(UPKEEP_WORKFLOW, {
      workflowId: 'upkeep-test',
      taskQueue: 'hookwise',
      args: [],
    });
    await keepHistory(temporal.client.workflow.getHandle('upkeep-test'), 'upkeep');
    expect(end.dropped.length).toBeGreaterThan(0);
    expect(end.forgotten).toEqual({ deliveryKeys: 1, refusals: 0 });
  } finally {
    await stop();
  }
});
