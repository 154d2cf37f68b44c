import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { createLogger } from '../../../infra/observability/logger.ts';
import { ringIncident } from '../../../infra/temporal/ring.ts';
import {
  INCIDENT_QUERY,
  INCIDENT_WORKFLOW,
  ORDER_UPDATES,
  type IncidentView,
  type OrderAnswer,
} from '../../../workflows/contracts/incident.ts';
import { SEARCH_ATTRIBUTES } from '../../../workflows/contracts/search-attributes.ts';
import { createBellStore, RING_AGAIN_MS } from '../../../ingress/dispatcher/bell-store.ts';
import { createDispatchMetrics } from '../../../ingress/dispatcher/dispatch-metrics.ts';
import { createRinger } from '../../../ingress/dispatcher/ring.ts';
import { aDraft } from '../../activities/tickets/port-conformance.ts';
import { createFakeTickets } from '../../support/fake-tickets.ts';
import { eventually } from '../../support/eventually.ts';
import { hookwise } from '../../support/hookwise-command.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../../support/incident-worker.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { hasUnsettled, manyAlerts } from '../../support/many-alerts.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';

let database: TestDatabase;
let pool: Pool;
let temporal: OwnTemporal;
let stopWorkers: (() => Promise<void>) | null = null;

beforeAll(async () => {
  quietRuntime();
  [database, temporal] = await Promise.all([testDatabase(), ownTemporal()]);
  pool = benchPool(database.url);
});
afterEach(async () => {
  await stopWorkers?.();
  stopWorkers = null;
});
afterAll(async () => {
  await temporal?.stop();
  await pool?.end();
  await database?.drop();
});

async function aRunningIncident(changes = {}): Promise<IncidentBench> {
  const incident = await anIncident(pool, changes);
  incident.nowMs = Date.now();
  const { stop } = await runWorkers(temporal.native, temporal.namespace, incident.deps);
  stopWorkers = stop;
  return incident;
}

const ring = (incident: IncidentBench) =>
  ringIncident(temporal.client, {
    key: incident.key,
    endpointId: incident.key.split(':')[1] ?? '',
    summary: 'Alert: Server',
    company: 'ACME',
  });
const handle = (incident: IncidentBench) => temporal.client.workflow.getHandle(incident.key);
const allSettled = async (incident: IncidentBench) => (await incident.alerts()).every((alert) => alert.settled);

describe('the incident workflow on a real server', () => {
  it('opens, notes, closes and ends, and shows its phase and ticket to the Web UI', async () => {
    const incident = await aRunningIncident();
    await incident.alert('open', 'down');
    await ring(incident);
    await eventually(() => incident.tickets.all.length === 1 && allSettled(incident));
    const view = await handle(incident).query<IncidentView>(INCIDENT_QUERY);
    expect(view).toMatchObject({ doing: 'wait', snapshot: { phase: 'open', ticketId: '1' } });
    await incident.alert('open', 'again');
    await ring(incident);
    await eventually(() => incident.tickets.all[0]?.notes.length === 1);
    await incident.alert('close', 'up');
    await ring(incident);
    expect(await handle(incident).result()).toEqual({ end: 'closed', ticketId: '1' });
    const described = await handle(incident).describe();
    const shown = Object.fromEntries(
      described.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]),
    );
    expect(shown).toMatchObject({
      [SEARCH_ATTRIBUTES.phase]: 'closed',
      [SEARCH_ATTRIBUTES.ticket]: '1',
      [SEARCH_ATTRIBUTES.company]: 'ACME',
    });
    expect(await described.staticSummary()).toBe('Alert: Server');
    const history = historyToJSON(await handle(incident).fetchHistory());
    expect(history).not.toContain(Buffer.from('down').toString('base64').slice(0, 5));
    await keepHistory(handle(incident), 'open-note-close');
  });

  it('is missed and rung by the dispatcher where its run is lost while a close waits for calm', async () => {
    const incident = await aRunningIncident({ closeDelaySeconds: 3 });
    await incident.alert('open');
    await ring(incident);
    await eventually(() => incident.tickets.all.length === 1 && allSettled(incident));
    await incident.alert('close');
    await ring(incident);
    await eventually(async () => (await incident.row())['phase'] === 'closing');
    await handle(incident).terminate('a lost run');
    const ringer = createRinger({
      client: temporal.client,
      store: createBellStore(pool, { againMs: RING_AGAIN_MS, overdueMs: 1_000 }),
      logger: createLogger('test', 'fatal'),
      metrics: createDispatchMetrics(),
      deadlineMs: 5_000,
    });
    await eventually(async () => {
      await ringer.ringOverdue();
      return incident.tickets.all[0]?.isOpen === false;
    });
    await ringer.stop();
    expect(await handle(incident).result()).toMatchObject({ end: 'closed' });
    expect(incident.tickets.all).toMatchObject([{ isOpen: false, closedTimes: 1 }]);
    expect(await incident.row()).toMatchObject({ bell: false, wakes_at: null });
  });

  it('starts anew from the row after it was terminated in the middle of its life', async () => {
    const incident = await aRunningIncident({ closeDelaySeconds: 3600 });
    await incident.alert('open');
    await ring(incident);
    await eventually(() => incident.tickets.all.length === 1 && allSettled(incident));
    await incident.alert('close');
    await ring(incident);
    await eventually(async () => (await incident.row())['phase'] === 'closing');
    await keepHistory(handle(incident), 'close-delay');
    await handle(incident).terminate('by hand');
    await pool.query(
      `update endpoint set config = jsonb_set(config, '{ticketing,closeDelaySeconds}', '0') where id = $1`,
      [incident.key.split(':')[1]],
    );
    await ring(incident);
    await handle(incident).result();
    expect(incident.tickets.all).toMatchObject([{ isOpen: false, closedTimes: 1 }]);
  });

  it('closes its ticket where that was made, and touches no ticket of the same id in the system chosen since', async () => {
    const incident = await aRunningIncident();
    await incident.alert('open');
    await ring(incident);
    await eventually(() => incident.tickets.all.length === 1 && allSettled(incident));
    await stopWorkers?.();
    const chosen = createFakeTickets(() => Date.now());
    await chosen.create(aDraft(), 'a key of somebody else');
    const deps = {
      ...incident.deps,
      tickets: chosen,
      connection: 'chosen-since',
      elsewhere: new Map([[incident.deps.connection, incident.tickets]]),
    };
    stopWorkers = (await runWorkers(temporal.native, temporal.namespace, deps)).stop;
    await incident.alert('close');
    await ring(incident);
    await eventually(async () => (await incident.row())['phase'] === 'closed');
    expect(incident.tickets.all).toMatchObject([{ isOpen: false, closedTimes: 1 }]);
    expect(chosen.all).toMatchObject([{ id: '1', isOpen: true, notes: [] }]);
  });

  it('waits, saying why, where the system that has its ticket is not set up any more', async () => {
    const incident = await aRunningIncident();
    await incident.alert('open');
    await ring(incident);
    await eventually(() => incident.tickets.all.length === 1 && allSettled(incident));
    await stopWorkers?.();
    const chosen = createFakeTickets(() => Date.now());
    const deps = { ...incident.deps, tickets: chosen, connection: 'chosen-since' };
    stopWorkers = (await runWorkers(temporal.native, temporal.namespace, deps)).stop;
    await incident.alert('close');
    await ring(incident);
    await eventually(async () => (await incident.row())['phase'] === 'waiting');
    expect((await incident.row())['error']).toContain('is not set up any more');
    expect([chosen.all, incident.tickets.all]).toMatchObject([[], [{ isOpen: true }]]);
  });

  it('settles what waits when it is cancelled and leaves the ticket', async () => {
    const incident = await aRunningIncident();
    await incident.alert('open');
    await ring(incident);
    await eventually(() => incident.tickets.all.length === 1 && allSettled(incident));
    await handle(incident).cancel();
    expect(await handle(incident).result()).toMatchObject({ end: 'abandoned' });
    expect(incident.tickets.all).toMatchObject([{ isOpen: true }]);
    expect((await incident.row())['phase']).toBe('abandoned');
    await keepHistory(handle(incident), 'cancelled');
  });

  it('settles what waits also when it is cancelled before it has taken anything, and lives anew with the next alert', async () => {
    const incident = await anIncident(pool);
    incident.nowMs = Date.now();
    await incident.alert('open');
    await ring(incident);
    await handle(incident).cancel();
    stopWorkers = (await runWorkers(temporal.native, temporal.namespace, incident.deps)).stop;
    expect(await handle(incident).result()).toEqual({ end: 'abandoned', ticketId: null });
    expect(await incident.row()).toMatchObject({ phase: 'abandoned', bell: false });
    expect(await incident.alerts()).toMatchObject([{ state: 'skipped', error: expect.stringContaining('cancelled') }]);
    await keepHistory(handle(incident), 'cancelled-at-once');
    await incident.alert('open');
    await ring(incident);
    await eventually(() => incident.tickets.all.length === 1 && allSettled(incident));
  });

  it('is replayed by its id on the command line, while it runs and once it has ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hookwise-replay-'));
    const { address, namespace } = temporal;
    const env = { HOOKWISE_DATA_DIR: folder, TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
    const replay = (id: string) => hookwise(['replay', id], { cwd: folder, env });
    const clean = (key: string) => ({ status: 0, out: `${key} replays on the present workflow code.\n`, err: '' });
    const incident = await aRunningIncident();
    await incident.alert('open');
    await ring(incident);
    await eventually(() => incident.tickets.all.length === 1 && allSettled(incident));
    expect(await replay(incident.key)).toEqual(clean(incident.key));
    await incident.alert('close');
    await ring(incident);
    await handle(incident).result();
    expect(await replay(incident.key)).toEqual(clean(incident.key));
    const unknown = `incident:${randomUUID()}:none`;
    expect(await replay(unknown)).toEqual({
      status: 1,
      out: '',
      err: `${unknown} is no file, and Temporal at ${address} knows no workflow of that id in the namespace ${namespace}.\n`,
    });
    rmSync(folder, { recursive: true });
  }, 90_000);

  it('answers the orders of a person, refused ones with their reason', async () => {
    const incident = await aRunningIncident();
    incident.tickets.faults = [null, null, 'refused'];
    await incident.alert('open');
    await ring(incident);
    await eventually(async () => (await incident.row())['phase'] === 'blocked');
    const order = async (kind: keyof typeof ORDER_UPDATES, input: Record<string, string> = {}) => {
      const orderId = await incident.order(kind, input);
      return handle(incident).executeUpdate<OrderAnswer, [{ orderId: string }]>(ORDER_UPDATES[kind], {
        args: [{ orderId }],
      });
    };
    expect(await order('note', { text: 'hello' })).toMatchObject({
      state: 'refused',
      answer: expect.stringContaining('no open ticket'),
    });
    expect(await order('retry')).toMatchObject({ state: 'done' });
    await eventually(() => incident.tickets.all.length === 1);
    expect(await order('note', { text: 'looking at it' })).toMatchObject({ state: 'done' });
    expect(incident.tickets.all[0]?.notes[0]?.body).toContain('looking at it');
    await expect(handle(incident).executeUpdate(ORDER_UPDATES.close, { args: [{ orderId: 'x' }] })).rejects.toThrow();
    expect(await order('close', { text: 'done by hand' })).toMatchObject({ state: 'done' });
    expect(await handle(incident).result()).toMatchObject({ end: 'closed' });
    expect(incident.tickets.all[0]?.notes.at(-1)?.body).toContain('done by hand');
    await keepHistory(handle(incident), 'orders');
  });

  it('looks again after a creation without an answer, by timers', async () => {
    const incident = await aRunningIncident();
    incident.tickets.faults = [null, null, 'lost-reply'];
    await incident.alert('open');
    await ring(incident);
    await eventually(async () => (await incident.row())['ticket_id'] === '1', 15_000);
    expect(incident.tickets.posts).toBe(1);
    await keepHistory(handle(incident), 'lost-reply');
    await handle(incident).terminate();
  });

  it('makes one ticket of 25,000 alerts, taken in batches', async () => {
    const incident = await aRunningIncident({ noteIntervalSeconds: 5 });
    await manyAlerts(incident, 25_000);
    await ring(incident);
    await eventually(async () => !(await hasUnsettled(incident)), 150_000, 200);
    expect(incident.tickets.all).toHaveLength(1);
    expect(incident.tickets.posts).toBe(1);
    await incident.alert('close');
    await ring(incident);
    await handle(incident).result();
    const told =
      incident.tickets.all[0]?.notes.map((note) =>
        Number(/^(\d+) more/.exec(note.body)?.[1] ?? (note.purpose === 'update' ? 1 : 0)),
      ) ?? [];
    expect(told.reduce((sum, count) => sum + count, 1)).toBe(25_000);
    await keepHistory(handle(incident), 'many-alerts');
  }, 180_000);

  it('ends as superseded when no incident is kept under its id', async () => {
    await aRunningIncident();
    const started = await temporal.client.workflow.start(INCIDENT_WORKFLOW, {
      workflowId: 'incident:none',
      taskQueue: 'hookwise',
      args: [{ key: 'incident:none' }],
    });
    expect(await started.result()).toEqual({ end: 'superseded', ticketId: null });
  });
});
