import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBells } from '../../../activities/bells.ts';
import type { ClosableTicketSystem } from '../../../activities/tickets/connectwise/connectwise.ts';
import { readCallbackState } from '../../../infra/database/psa-watch-store.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { prepareTemporal } from '../../../infra/temporal/prepare.ts';
import { ringIncident } from '../../../infra/temporal/ring.ts';
import {
  PSA_CALLBACK_SCHEDULE,
  PSA_CALLBACK_WORKFLOW,
  PSA_SWEEP_SCHEDULE,
  PSA_SWEEP_WORKFLOW,
  type SweepEnd,
} from '../../../workflows/contracts/psa-watch.ts';
import { TASK_QUEUES } from '../../../workflows/contracts/queues.ts';
import { towards } from '../../activities/tickets/connectwise-fixture.ts';
import { startTestIngress, type TestIngress } from '../../ingress/support/test-ingress.ts';
import { aConnectwiseIncident } from '../../support/connectwise-incident.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { eventually } from '../../support/eventually.ts';
import { benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../../support/incident-worker.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';

let database: TestDatabase;
let pool: Pool;
let temporal: OwnTemporal;
let simulator: ConnectwiseSimulator;
let system: ClosableTicketSystem;
let ingress: TestIngress;
let workers: { stop(): Promise<void> };
let incident: IncidentBench;

beforeAll(async () => {
  quietRuntime();
  [database, temporal, simulator] = await Promise.all([
    testDatabase(),
    ownTemporal(),
    startConnectwiseSimulator({ callbackRetryMs: [50, 100] }),
  ]);
  pool = benchPool(database.url);
  system = towards(simulator.url);
  const { company, publicKey, privateKey, clientId } = simulator.credentials;
  ingress = await startTestIngress(database.url, {
    CW_URL: simulator.url,
    CW_COMPANY: company,
    CW_PUBLIC_KEY: publicKey,
    CW_PRIVATE_KEY: privateKey,
    CW_CLIENT_ID: clientId,
  });
  const { deps } = await aConnectwiseIncident(pool, system);
  workers = await runWorkers(temporal.native, temporal.namespace, {
    ...deps,
    bells: createBells(temporal.client, pool, deps.logger),
    settings: { ...deps.settings, callbackUrl: { url: `${ingress.url}/psa/callbacks?recordId=` } },
  });
}, 90_000);
beforeEach(async () => {
  incident = await aConnectwiseIncident(pool, system);
});
afterEach(async () => {
  await simulator.callbacks.settled();
  simulator.reset();
  await pool.query(`update connection set gate = 'open'`);
});
afterAll(async () => {
  await workers?.stop();
  await ingress?.stop();
  await temporal?.stop();
  await system?.close();
  await simulator?.stop();
  await pool?.end();
  await database?.drop();
});

const ring = () =>
  ringIncident(temporal.client, {
    key: incident.key,
    endpointId: incident.key.split(':')[1] ?? '',
    summary: 'x',
    company: null,
  });
/** What the dispatcher does with a bell that is up. */
const ringWhenUp = () =>
  eventually(async () => {
    if ((await incident.row())['bell'] !== true) return false;
    await ring();
    return true;
  });
const handle = () => temporal.client.workflow.getHandle(incident.key);
const run = async (workflow: string) => {
  const started = await temporal.client.workflow.start(workflow, {
    workflowId: `${workflow}-${randomUUID()}`,
    taskQueue: TASK_QUEUES.workflows,
    args: [],
  });
  return { started, end: (await started.result()) as SweepEnd };
};

async function opened(): Promise<number> {
  await incident.alert('open', 'down');
  await ring();
  return eventually(async () => {
    const row = await incident.row();
    return row['phase'] === 'open' && Number(row['ticket_id']);
  }, 20_000);
}

describe('the ticket system as a second truth', () => {
  it('by callback: what a person closes ends the running incident within moments', async () => {
    const { started, end } = await run(PSA_CALLBACK_WORKFLOW);
    expect(end).toEqual({ state: 'registered', reason: null });
    await keepHistory(started, 'psa-callback');
    const id = await opened();
    simulator.person(id, { close: true, by: 'asmith' });
    await ringWhenUp();
    expect(await handle().result()).toEqual({ end: 'closed', ticketId: String(id) });
    await keepHistory(handle(), 'closed-by-person');
    expect(await readCallbackState(pool, 'connectwise')).toMatchObject({
      state: 'registered',
      hintedAt: expect.any(Date),
    });
    expect(simulator.callbacks.deliveries().at(-1)?.statuses).toEqual([200]);
  }, 60_000);

  it('by callback: a merge is followed and the incident goes on', async () => {
    await run(PSA_CALLBACK_WORKFLOW);
    const first = incident;
    const other = await (async () => {
      incident = await aConnectwiseIncident(pool, system);
      const id = await opened();
      await pool.query(`update incident set ticket_id = null, phase = 'abandoned' where key = $1`, [incident.key]);
      await handle().terminate('its ticket is to be a stranger');
      return id;
    })();
    incident = first;
    const id = await opened();
    simulator.person(id, { mergeInto: other });
    await ringWhenUp();
    await eventually(async () => (await incident.row())['ticket_id'] === String(other), 20_000);
    expect((await handle().describe()).status.name).toBe('RUNNING');
    await incident.alert('close', 'up');
    await ring();
    expect(await handle().result()).toEqual({ end: 'closed', ticketId: String(other) });
    await keepHistory(handle(), 'merged');
  }, 60_000);

  it('without one: a sweep of the lists finds it, and what it costs does not grow with the open incidents', async () => {
    const id = await opened();
    simulator.person(id, { close: true });
    simulator.record.forgetRequests();
    const { started, end } = await run(PSA_SWEEP_WORKFLOW);
    expect(end).toMatchObject({ hinted: 1, isWhole: true });
    expect(await handle().result()).toEqual({ end: 'closed', ticketId: String(id) });
    const lists = simulator.record.requests().filter(({ path }) => path === '/service/tickets');
    expect(lists.length).toBeLessThanOrEqual(2);
    await keepHistory(started, 'psa-sweep');
    const again = await run(PSA_SWEEP_WORKFLOW);
    expect(again.end).toMatchObject({ hinted: 0, isWhole: true });
  }, 60_000);

  it('without one: a deleted ticket is found by looking it up', async () => {
    const id = await opened();
    simulator.person(id, { delete: true });
    expect((await run(PSA_SWEEP_WORKFLOW)).end.hinted).toBe(0);
    await pool.query(`update incident set checked_at = now() - interval '2 hours' where key = $1`, [incident.key]);
    expect((await run(PSA_SWEEP_WORKFLOW)).end.hinted).toBe(1);
    expect(await handle().result()).toMatchObject({ end: 'closed' });
  }, 60_000);

  it('a sweep makes no call while the gate is closed, and ends unfinished where lists are refused', async () => {
    const id = await opened();
    simulator.person(id, { close: true });
    const { rows } = await pool.query<{ since: Date | null }>(`select changed_since as since from psa_watch`);
    await pool.query(`update connection set gate = 'closed' where name = 'connectwise'`);
    simulator.record.forgetRequests();
    expect((await run(PSA_SWEEP_WORKFLOW)).end).toEqual({ tickets: 0, hinted: 0, calls: 0, isWhole: true });
    expect(simulator.record.requests()).toEqual([]);
    await pool.query(`update connection set gate = 'open' where name = 'connectwise'`);
    simulator.faults.add({ kind: 'refuse', status: 403, method: 'GET', path: '/service/tickets', times: 3 });
    expect((await run(PSA_SWEEP_WORKFLOW)).end).toMatchObject({ hinted: 0, isWhole: false });
    expect((await pool.query(`select changed_since as since from psa_watch`)).rows).toEqual(rows);
    expect((await run(PSA_SWEEP_WORKFLOW)).end).toMatchObject({ hinted: 1, isWhole: true });
    expect(await handle().result()).toMatchObject({ end: 'closed' });
  }, 60_000);

  it('a hint that came while the gate was closed is taken up by the sweep once it is open', async () => {
    const id = await opened();
    simulator.person(id, { close: true });
    await pool.query(`update connection set gate = 'closed' where name = 'connectwise'`);
    await pool.query(
      `update incident set look_at = now() - interval '5 minutes', bell = true, bell_raised_at = now() where key = $1`,
      [incident.key],
    );
    await ring();
    await eventually(async () => (await incident.row())['bell'] === false, 20_000);
    expect(await incident.row()).toMatchObject({ ticket_id: String(id) });
    await pool.query(`update connection set gate = 'open' where name = 'connectwise'`);
    await run(PSA_SWEEP_WORKFLOW);
    expect(await handle().result()).toMatchObject({ end: 'closed' });
  }, 60_000);

  it('a sweep with no open ticket makes no call, and the next one does not read what changed before', async () => {
    await pool.query(`update incident set ticket_id = null`);
    simulator.record.forgetRequests();
    expect((await run(PSA_SWEEP_WORKFLOW)).end).toMatchObject({ calls: 0, isWhole: true });
    expect(simulator.record.requests()).toEqual([]);
    const { rows } = await pool.query<{ ageMs: number }>(
      `select (extract(epoch from clock_timestamp() - changed_since) * 1000)::float8 as "ageMs" from psa_watch`,
    );
    expect(rows[0]?.ageMs).toBeLessThan(600_000);
  }, 60_000);

  it('both are on schedules, however often these are prepared', async () => {
    await prepareTemporal(temporal.client, temporal.namespace);
    await prepareTemporal(temporal.client, temporal.namespace);
    const every = async (id: string) =>
      (await temporal.client.schedule.getHandle(id).describe()).spec.intervals?.[0]?.every;
    expect(await every(PSA_CALLBACK_SCHEDULE)).toBe(3_600_000);
    expect(await every(PSA_SWEEP_SCHEDULE)).toBe(300_000);
  }, 60_000);
});
