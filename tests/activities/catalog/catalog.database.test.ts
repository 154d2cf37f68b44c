import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createCatalogActivities } from '../../../activities/catalog/catalog.activities.ts';
import type { ActivityDeps } from '../../../activities/deps.ts';
import { createCallBudget } from '../../../activities/tickets/call-budget.ts';
import type { ClosableTicketSystem } from '../../../activities/tickets/connectwise/connectwise.ts';
import { loadCatalogLists } from '../../../infra/database/catalog-store.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { BOARD_KINDS, type CatalogKind } from '../../../workflows/contracts/catalog.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { anIncident, benchPool } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { towards } from '../tickets/connectwise-fixture.ts';

let database: TestDatabase;
let pool: Pool;
let simulator: ConnectwiseSimulator;
let system: ClosableTicketSystem;
let deps: ActivityDeps;
let clock = Date.parse('2026-01-05T10:00:00Z');

beforeAll(async () => {
  [database, simulator] = await Promise.all([testDatabase(), startConnectwiseSimulator()]);
  pool = benchPool(database.url);
});
beforeEach(async () => {
  simulator.reset();
  const bench = await anIncident(pool);
  await system?.close();
  system = towards(simulator.url);
  deps = { ...bench.deps, tickets: system, connection: bench.deps.connection };
});
afterAll(async () => {
  await system?.close();
  await simulator?.stop();
  await pool?.end();
  await database?.drop();
});

const next = () => new Date((clock += 60_000)).toISOString();
const act = <I, O>(activity: (input: I) => Promise<O>, input: I): Promise<O> =>
  new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(activity, input) as Promise<O>;
const names = async (kind: CatalogKind, board: string | null = null) =>
  (await loadCatalogLists(pool, deps.connection, [kind], board === null ? [] : [board]))
    .filter(({ parent }) => parent?.toLowerCase() === board?.toLowerCase())
    .flatMap(({ items }) => items.map(({ name }) => name));

it('every list is read to its end and kept, longer ones than a page of 25 too', async () => {
  const { readSharedLists, readBoardLists } = createCatalogActivities(deps);
  const shared = await act(readSharedLists, { reading: next() });
  expect(shared).toMatchObject({ read: 5, faults: [] });
  expect(await names('boards')).toEqual(shared.boards);
  expect(shared.boards).toContain('NOC');
  expect(shared.boards).not.toContain('Retired Board');
  expect((await names('companies')).length).toBeGreaterThan(30);
  expect(await names('severities')).toEqual(['Low', 'Medium', 'High']);
  const boards = await act(readBoardLists, { reading: next(), boards: ['Service Board', 'NOC'] });
  expect(boards).toMatchObject({ read: 8, faults: [] });
  expect(await names('statuses', 'service board')).toContain('Closed (no flag)');
  expect(await names('types', 'NOC')).toContain('Project type 26');
  expect((await names('subtypes', 'NOC')).length).toBeGreaterThan(0);
});

it('what vanished goes when the list was read whole, and stays when the reading failed', async () => {
  const { readSharedLists } = createCatalogActivities(deps);
  await act(readSharedLists, { reading: next() });
  const priorities = simulator.catalog.priorities;
  const gone = priorities.splice(0, 1);
  try {
    simulator.faults.add({ kind: 'error-before-commit', method: 'GET', path: '/service/priorities', times: 1 });
    await expect(act(readSharedLists, { reading: next() })).rejects.toThrow();
    expect(await names('priorities')).toContain('Priority 1 - Critical');
    await act(readSharedLists, { reading: next() });
    expect(await names('priorities')).not.toContain('Priority 1 - Critical');
    expect(await names('priorities')).toContain('P1');
  } finally {
    priorities.unshift(...gone);
  }
});

it('a list that is refused is a fault beside the others, and keeps what was read before', async () => {
  const { readSharedLists, readBoardLists } = createCatalogActivities(deps);
  await act(readSharedLists, { reading: next() });
  await act(readBoardLists, { reading: next(), boards: ['NOC'] });
  simulator.faults.add({ kind: 'refuse', status: 403, method: 'GET', path: '/company/companies' });
  simulator.faults.add({ kind: 'refuse', status: 403, method: 'GET', path: '/service/boards/*/types' });
  const shared = await act(readSharedLists, { reading: next() });
  expect(shared.faults).toMatchObject([{ kind: 'companies', parent: null }]);
  expect(shared.read).toBe(4);
  expect((await names('companies')).length).toBeGreaterThan(30);
  const ofBoards = await act(readBoardLists, { reading: next(), boards: ['NOC'] });
  expect(ofBoards.faults).toMatchObject([{ kind: 'types', parent: 'NOC' }]);
  expect((await names('types', 'NOC')).length).toBeGreaterThan(0);
});

it('boards that may not be read are no empty list, and neither is an answer without any board', async () => {
  const { readSharedLists } = createCatalogActivities(deps);
  await act(readSharedLists, { reading: next() });
  simulator.faults.add({ kind: 'refuse', status: 403, method: 'GET', path: '/service/boards' });
  expect((await act(readSharedLists, { reading: next() })).boards).toBeNull();
  expect((await names('boards')).length).toBeGreaterThan(20);
  simulator.reset();
  const kept = simulator.catalog.boards.splice(0);
  try {
    const empty = await act(readSharedLists, { reading: next() });
    expect([empty.boards, empty.faults.length]).toEqual([null, 1]);
    expect((await names('boards')).length).toBeGreaterThan(20);
  } finally {
    simulator.catalog.boards.push(...kept);
  }
});

it('the lists of a board that is gone are forgotten after a reading, those read later are not', async () => {
  const { readBoardLists, forgetGoneBoards } = createCatalogActivities(deps);
  await act(readBoardLists, { reading: next(), boards: ['NOC'] });
  const reading = next();
  await act(readBoardLists, { reading, boards: ['Service Board'] });
  await act(readBoardLists, { reading: next(), boards: ['Escalations'] });
  await act(forgetGoneBoards, { reading, boards: ['Service Board'] });
  const left = await loadCatalogLists(pool, deps.connection, [...BOARD_KINDS], null);
  expect([...new Set(left.map(({ parent }) => parent))].sort()).toEqual(['Escalations', 'Service Board']);
});

it('an older reading never replaces a newer one', async () => {
  const { readSharedLists } = createCatalogActivities(deps);
  const [older, newer] = [next(), next()];
  await act(readSharedLists, { reading: newer });
  const gone = simulator.catalog.priorities.splice(0, 1);
  try {
    await act(readSharedLists, { reading: older });
    expect(await names('priorities')).toContain('Priority 1 - Critical');
  } finally {
    simulator.catalog.priorities.unshift(...gone);
  }
});

it('a reading makes at most half of the calls a second that the connection may', async () => {
  await system.close();
  const budget = createCallBudget({ pool, connection: deps.connection, callsPerSecond: 40 });
  system = towards(simulator.url, { budget });
  const settings = { ...deps.settings, callsPerSecond: 40 };
  const { readBoardLists } = createCatalogActivities({ ...deps, settings, tickets: system });
  simulator.record.forgetRequests();
  const began = performance.now();
  await act(readBoardLists, { reading: next(), boards: ['Service Board', 'NOC', 'Escalations'] });
  expect(simulator.record.requests().length).toBeGreaterThanOrEqual(13);
  expect(performance.now() - began).toBeGreaterThan((11 / 20) * 1000 - 50);
});

it('a reading that is called off ends at once and keeps nothing half-read', async () => {
  const environment = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
  const settings = { ...deps.settings, callsPerSecond: 1 };
  const { readBoardLists } = createCatalogActivities({ ...deps, settings });
  const reading = environment.run(readBoardLists, { reading: next(), boards: ['NOC'] }) as Promise<unknown>;
  environment.cancel();
  await expect(reading).rejects.toThrow();
  expect(await loadCatalogLists(pool, deps.connection, [...BOARD_KINDS], null)).toEqual([]);
});
