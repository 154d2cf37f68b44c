import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { ringIncident } from '../../../infra/temporal/ring.ts';
import { eventually } from '../../support/eventually.ts';
import { anIncident, benchPool } from '../../support/incident-bench.ts';
import { runWorkers } from '../../support/incident-worker.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';
import { timeSkipping } from '../../support/temporal.ts';

let database: TestDatabase;
let pool: Pool;
let env: TestWorkflowEnvironment;

beforeAll(async () => {
  quietRuntime();
  [database, env] = await Promise.all([testDatabase(), timeSkipping()]);
  pool = benchPool(database.url);
});
afterAll(async () => {
  await env?.teardown();
  await pool?.end();
  await database?.drop();
});

it('a ticket that flaps is told so once, and closed when it is calm', async () => {
  const incident = await anIncident(pool, {
    closeDelaySeconds: 120,
    flapChanges: 4,
    flapMinutes: 10,
    flapCalmMinutes: 30,
  });
  const { stop } = await runWorkers(env.nativeConnection, env.namespace ?? 'default', incident.deps);
  const endpointId = incident.key.split(':')[1] ?? '';
  const handle = env.client.workflow.getHandle(incident.key);
  let told = 0;
  const tell = async (kind: 'open' | 'close') => {
    incident.nowMs = await env.currentTimeMs();
    await incident.alert(kind);
    await ringIncident(env.client, { key: incident.key, endpointId, summary: 'Alert: Server', company: null });
    told += 1;
    await eventually(async () => Number((await incident.row())['bell'] === false), 30_000);
  };
  const notes = () => (incident.tickets.all[0]?.notes ?? []).map(({ body }) => body.split('\n')[0] ?? '');
  try {
    await tell('open');
    await eventually(() => incident.tickets.all.length === 1, 30_000);
    for (let round = 0; round < 6; round += 1) {
      for (const kind of ['close', 'open'] as const) {
        await env.sleep('1 minute');
        await tell(kind);
      }
    }
    await eventually(() => notes().filter((line) => line.startsWith('Flapping: ')).length === 1, 30_000);
    await env.sleep('1 minute');
    await tell('close');
    const before = notes().length;
    await env.sleep('29 minutes');
    expect(incident.tickets.all).toMatchObject([{ isOpen: true, closedTimes: 0 }]);
    expect(notes()).toHaveLength(before);
    await env.sleep('2 minutes');
    await eventually(() => incident.tickets.all[0]?.isOpen === false, 30_000);
    expect(notes().slice(before)).toEqual([
      expect.stringMatching(
        /^Flapping is over: 14 changes .* 7 times failing, 7 times recovered. Last state: recovered/,
      ),
      expect.stringMatching(/^Recovered at /),
    ]);
    expect(notes().filter((line) => line.startsWith('Flapping: '))).toHaveLength(1);
    await eventually(async () => (await incident.alerts()).every(({ settled }) => settled), 30_000);
    expect((await incident.alerts()).length).toBe(told);
    expect(incident.tickets.all).toHaveLength(1);
    await handle.result();
    await keepHistory(handle, 'flapping');
  } finally {
    await stop();
  }
}, 120_000);
