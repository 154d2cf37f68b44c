import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { ringIncident } from '../../../infra/temporal/ring.ts';
import { BELL_SIGNAL } from '../../../workflows/contracts/incident.ts';
import { eventually } from '../../support/eventually.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { runWorkers } from '../../support/incident-worker.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';
import { timeSkipping } from '../../support/temporal.ts';

const MINUTE = 60_000;
const SLOW = 30_000;
/** As many as the story takes in one run. */
const BELLS = 2_000;

let database: TestDatabase;
let pool: Pool;
let env: TestWorkflowEnvironment;
let stopWorkers: (() => Promise<void>) | null = null;

beforeAll(async () => {
  quietRuntime();
  [database, env] = await Promise.all([testDatabase(), timeSkipping()]);
  pool = benchPool(database.url);
});
afterEach(async () => {
  await stopWorkers?.();
  stopWorkers = null;
});
afterAll(async () => {
  await env?.teardown();
  await pool?.end();
  await database?.drop();
});

const start = async ({ deps }: IncidentBench) => {
  stopWorkers = (await runWorkers(env.nativeConnection, env.namespace ?? 'default', deps)).stop;
};
const ring = ({ key }: IncidentBench) =>
  ringIncident(env.client, { key, endpointId: key.split(':')[1] ?? '', summary: 'Alert: Server', company: null });
const handle = ({ key }: IncidentBench, runId?: string) => env.client.workflow.getHandle(key, runId);
const sleep = async (incident: IncidentBench, ms: number) => {
  await env.sleep(ms);
  incident.nowMs = await env.currentTimeMs();
};
const close = async (incident: IncidentBench) => {
  await incident.alert('close');
  await ring(incident);
  expect(await handle(incident).result()).toMatchObject({ end: 'closed' });
};

it('folds a ticket that a lost answer had made all the same, once the lists of the ticket system show it', async () => {
  const incident = await anIncident(pool, { noteIntervalSeconds: 0 });
  incident.nowMs = await env.currentTimeMs();
  incident.tickets.lagMs = 5 * MINUTE;
  incident.tickets.faults = [null, null, 'lost-reply'];
  await start(incident);
  await incident.alert('open');
  await ring(incident);
  await eventually(() => incident.tickets.posts === 1, SLOW);
  await sleep(incident, 3 * MINUTE);
  await eventually(async () => (await incident.row())['ticket_id'] === '2', SLOW);
  expect(incident.tickets.all.map(({ isOpen, key }) => [isOpen, key])).toEqual([
    [true, incident.tickets.all[1]?.key],
    [true, incident.tickets.all[0]?.key],
  ]);
  incident.nowMs += 5 * MINUTE;
  await sleep(incident, 10 * MINUTE);
  await eventually(() => incident.tickets.all[0]?.isOpen === false, SLOW);
  expect(incident.tickets.all).toMatchObject([{ mergedInto: '2' }, { isOpen: true, mergedInto: null }]);
  await close(incident);
  expect(incident.tickets.all.map(({ isOpen }) => isOpen)).toEqual([false, false]);
  await keepHistory(handle(incident), 'doubled-ticket');
}, 60_000);

it('goes on in a new run once it was rung two thousand times, with the same ticket', async () => {
  const incident = await anIncident(pool, { noteIntervalSeconds: 0 });
  incident.nowMs = await env.currentTimeMs();
  await incident.alert('open');
  await ring(incident);
  const first = (await handle(incident).describe()).runId;
  for (let sent = 1; sent < BELLS; sent += 50)
    await Promise.all(
      Array.from({ length: Math.min(50, BELLS - sent) }, () => handle(incident, first).signal(BELL_SIGNAL)),
    );
  await start(incident);
  await eventually(async () => (await handle(incident).describe()).runId !== first, SLOW);
  expect((await handle(incident, first).describe()).status.name).toBe('CONTINUED_AS_NEW');
  await incident.alert('open', 'still down');
  await close(incident);
  expect(incident.tickets.all).toMatchObject([{ isOpen: false, closedTimes: 1 }]);
  expect(incident.tickets.all[0]?.notes.some(({ body }) => body.includes('still down'))).toBe(true);
  await keepHistory(handle(incident, first), 'continued-as-new');
}, 60_000);
