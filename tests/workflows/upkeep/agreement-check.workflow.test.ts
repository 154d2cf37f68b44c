import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgreementCheckActivities } from '../../../activities/upkeep/agreement-check.activities.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { ringGate, ringIncident } from '../../../infra/temporal/ring.ts';
import { runningWorkflows } from '../../../infra/temporal/running-workflows.ts';
import { AGREEMENT_CHECK_WORKFLOW, type AgreementCheckEnd } from '../../../workflows/contracts/agreement-check.ts';
import { eventually } from '../../support/eventually.ts';
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

const endpointId = randomUUID();
const keyOf = (name: string) => `incident:${endpointId}:${name}`;
async function anIncidentRow(name: string, phase: string, age: string): Promise<void> {
  await pool.query(
    `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest, phase, updated_at)
     values ($1, $2, $3, 0, 'desk', 'n', 's', $4, $5, now() - $6::interval)`,
    [randomUUID(), keyOf(name), endpointId, name, phase, age],
  );
}
/** A workflow that nothing carries out. */
const start = (name: string) =>
  ringIncident(temporal.client, { key: keyOf(name), endpointId, summary: name, company: null });

it('keeps which workflows are missing and which are left over, by what Postgres says and Temporal lists', async () => {
  const { deps } = await anIncident(pool);
  await pool.query(`update incident set phase = 'closed', updated_at = now() - interval '3 days'`);
  await anIncidentRow('lost', 'blocked', '1 hour');
  await anIncidentRow('just-changed', 'open', '1 second');
  await anIncidentRow('fine', 'open', '1 hour');
  await anIncidentRow('long-over', 'closed', '2 days');
  await anIncidentRow('just-over', 'closed', '5 minutes');
  for (const name of ['fine', 'long-over', 'just-over', 'of-no-row']) await start(name);
  await ringGate(temporal.client, 'nobody-knows-it');
  const running = (type: string) => runningWorkflows(temporal.client, type);
  await eventually(async () => (await running('incidentWorkflow')).size === 4);
  await eventually(async () => (await running('gateWorkflow')).size === 1);

  await createAgreementCheckActivities({ ...deps, running }).compareWithTemporal({ now: new Date().toISOString() });
  const { rows } = await pool.query('select * from agreement_check order by kind');
  expect(rows.map(({ kind }) => kind)).toEqual(['gate', 'heartbeat', 'incident']);
  expect(rows[0]).toMatchObject({ missing: 0, stray: 1, stray_examples: ['gate:nobody-knows-it'] });
  expect(rows[2]).toMatchObject({
    wanted: 2,
    missing: 1,
    missing_examples: [keyOf('lost')],
    stray: 2,
    stray_examples: [keyOf('long-over'), keyOf('of-no-row')],
  });

  const { stop } = await runWorkers(temporal.native, temporal.namespace, deps);
  try {
    const end: AgreementCheckEnd = await temporal.client.workflow.execute(AGREEMENT_CHECK_WORKFLOW, {
      workflowId: 'agreement-check-test',
      taskQueue: 'hookwise',
      args: [],
    });
    await keepHistory(temporal.client.workflow.getHandle('agreement-check-test'), 'agreement-check');
    expect(end.kinds.find(({ kind }) => kind === 'incident')).toMatchObject({ wanted: 2, running: 0, missing: 2 });
  } finally {
    await stop();
  }
}, 60_000);
