import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ClosableTicketSystem } from '../../../activities/tickets/connectwise/connectwise.ts';
import { catalogReadAt, readCatalogProgress } from '../../../infra/database/catalog-store.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { prepareTemporal } from '../../../infra/temporal/prepare.ts';
import { startCatalogReading } from '../../../infra/temporal/start-catalog.ts';
import { CATALOG_QUERY, CATALOG_SCHEDULE, type CatalogProgress } from '../../../workflows/contracts/catalog.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../../support/incident-worker.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';
import { towards } from '../../activities/tickets/connectwise-fixture.ts';

let database: TestDatabase;
let pool: Pool;
let temporal: OwnTemporal;
let simulator: ConnectwiseSimulator;
let system: ClosableTicketSystem;
let bench: IncidentBench;
let workers: { stop(): Promise<void> };

beforeAll(async () => {
  quietRuntime();
  [database, temporal, simulator] = await Promise.all([testDatabase(), ownTemporal(), startConnectwiseSimulator()]);
  pool = benchPool(database.url);
  bench = await anIncident(pool);
  system = towards(simulator.url);
  const deps = { ...bench.deps, tickets: system, connection: bench.deps.connection };
  workers = await runWorkers(temporal.native, temporal.namespace, deps);
}, 60_000);
afterAll(async () => {
  await workers?.stop();
  await temporal?.stop();
  await system?.close();
  await simulator?.stop();
  await pool?.end();
  await database?.drop();
});

const soon = () => new Date(Date.now() + 10_000);
const read = async (youngerThanMs: number): Promise<CatalogProgress> => {
  const id = await startCatalogReading(temporal.client, { youngerThanMs }, soon());
  return temporal.client.workflow.getHandle(id).result() as Promise<CatalogProgress>;
};

it('reads every list of every board, says how far it is, and leaves a fresh catalog alone', async () => {
  const end = await read(3_600_000);
  const boards = simulator.catalog.boards.filter((board) => !board.inactiveFlag).length;
  expect(end).toMatchObject({ state: 'complete', read: 5 + boards * 4, lists: 5 + boards * 4, faults: [] });
  expect(await readCatalogProgress(pool, bench.deps.connection)).toEqual(end);
  expect((await catalogReadAt(pool, bench.deps.connection))?.toISOString()).toBe(end.startedAt);
  simulator.record.forgetRequests();
  expect((await read(3_600_000)).state).toBe('fresh');
  expect(simulator.record.requests()).toEqual([]);
}, 60_000);

it('who asks while a reading is under way joins it, and its progress can be asked for', async () => {
  simulator.faults.set({ latencyMs: 20 });
  const first = await startCatalogReading(temporal.client, { youngerThanMs: 0 }, soon());
  const handle = temporal.client.workflow.getHandle(first);
  const { runId } = await handle.describe();
  await startCatalogReading(temporal.client, { youngerThanMs: 0 }, soon());
  expect((await handle.describe()).runId).toBe(runId);
  expect(await handle.query(CATALOG_QUERY)).toMatchObject({ startedAt: expect.any(String) });
  expect(await handle.result()).toMatchObject({ state: 'complete' });
  simulator.reset();
}, 60_000);

it('a list that is refused makes the reading partial and is named', async () => {
  simulator.faults.add({ kind: 'refuse', status: 403, method: 'GET', path: '/company/companies' });
  const end = await read(0);
  expect(end).toMatchObject({ state: 'partial', faults: [{ kind: 'companies', parent: null }] });
  expect(end.reason).toBe(end.faults[0]?.reason);
  simulator.reset();
}, 60_000);

it('boards that may not be read end the reading as failed, with what was read before kept', async () => {
  const before = await catalogReadAt(pool, bench.deps.connection);
  simulator.faults.add({ kind: 'refuse', status: 403, method: 'GET', path: '/service/boards' });
  expect(await read(0)).toMatchObject({ state: 'failed', reason: expect.stringContaining('403') });
  expect(await catalogReadAt(pool, bench.deps.connection)).toEqual(before);
  simulator.reset();
}, 60_000);

it('its history is kept for the replay tests when asked for', async () => {
  const id = await startCatalogReading(temporal.client, { youngerThanMs: 0 }, soon());
  const handle = temporal.client.workflow.getHandle(id);
  await handle.result();
  expect((await handle.fetchHistory()).events?.length).toBeGreaterThan(20);
  await keepHistory(handle, 'catalog');
}, 60_000);

it('the schedule reads it a few times a day, however often it is prepared', async () => {
  await prepareTemporal(temporal.client, temporal.namespace);
  await prepareTemporal(temporal.client, temporal.namespace);
  const handle = temporal.client.schedule.getHandle(CATALOG_SCHEDULE);
  const { spec, action } = await handle.describe();
  expect(spec.intervals?.[0]?.every).toBe(6 * 3_600_000);
  expect(action.type === 'startWorkflow' && action.workflowType).toBe('catalogWorkflow');
});
