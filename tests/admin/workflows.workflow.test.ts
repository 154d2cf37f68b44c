import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getIncident } from '../../admin/server/incidents/get.ts';
import { getIncidentRun } from '../../admin/server/incidents/get-run.ts';
import { listWorkflows } from '../../admin/server/workflows/list.ts';
import { ringIncident } from '../../infra/temporal/ring.ts';
import { eventually } from '../support/eventually.ts';
import { anIncident } from '../support/incident-bench.ts';
import type { AdminWorld } from './admin-world.ts';
import { anIncidentWorld, type IncidentWorld } from './incident-world.ts';

let own: IncidentWorld;
let world: AdminWorld;

beforeAll(async () => {
  own = await anIncidentWorld();
  world = own.world;
});
afterEach(() => own.stopWork());
afterAll(() => own?.close());

describe('what the console says of the workflows', () => {
  it('tells what one incident waits for, that its last run is over, and that Temporal forgot it', async () => {
    const incident = await own.anOpenIncident();
    const runOf = (id: string) => world.run(getIncidentRun, { id }, 'viewer');
    const running = await eventually(async () => {
      const run = await runOf(incident.id);
      return run.step === 'wait' && run.pending.length === 0 && run;
    });
    expect(running).toMatchObject({
      state: 'running',
      status: 'RUNNING',
      words: expect.stringMatching(/^Waits for the next webhook, or /),
      waitsUntil: expect.any(String),
      pending: [],
      closedAt: null,
      url: expect.stringContaining(`/${encodeURIComponent(incident.key)}/`),
    });
    expect(running.historyLength).toBeGreaterThan(3);

    await own.stopWork();
    expect(await runOf(incident.id)).toMatchObject({
      state: 'running',
      step: null,
      words: expect.stringContaining('no worker answered'),
    });
    await own.temporal.client.workflow.getHandle(incident.key).terminate();
    expect(await runOf(incident.id)).toMatchObject({
      state: 'over',
      status: 'TERMINATED',
      closedAt: expect.any(String),
    });
    await world.context.pool.query('update incident set key = $2 where id = $1', [
      incident.id,
      'incident:x:unknown-to-temporal',
    ]);
    expect(await runOf(incident.id)).toMatchObject({ state: 'forgotten', runId: null, pending: [] });
    expect((await world.run(getIncident, { id: incident.id })).timeline).not.toEqual([]);
  }, 60_000);

  it('shows an activity that is tried again, in the page of the incident and in the list of workflows', async () => {
    const incident = await anIncident(world.context.pool, { noteIntervalSeconds: 0 });
    incident.nowMs = Date.now();
    incident.deps.tickets.findByKey = () => Promise.reject(new Error('password=hunter22 is no reason'));
    await own.work(incident);
    await incident.alert('open', 'down');
    await own.ring(incident);
    const row = await world.context.pool.query<{ id: string }>('select id from incident where key = $1', [
      incident.key,
    ]);
    const id = row.rows[0]?.id ?? '';
    const pending = await eventually(async () => {
      const run = await world.run(getIncidentRun, { id });
      return run.pending.find(({ attempt }) => attempt > 1) ?? false;
    });
    expect(pending).toMatchObject({ activity: 'openTicket', failure: expect.stringContaining('is no reason') });
    expect(pending.failure).not.toContain('hunter22');
    const page = await eventually(async () => {
      const found = await world.run(listWorkflows, { query: { failing: 'activities', type: 'incident' } });
      return found.items.length > 0 && found;
    }, 15_000);
    expect(page.items).toMatchObject([
      { workflowId: incident.key, incidentId: id, type: 'incident', status: 'running', title: expect.any(String) },
    ]);
    expect(page.items[0]?.failing).toMatchObject([{ activity: 'openTicket' }]);
    await own.temporal.client.workflow.getHandle(incident.key).terminate();
  }, 60_000);

  it('lists workflows by kind, status, phase and endpoint, page by page, and refuses a false cursor', async () => {
    const endpoint = crypto.randomUUID();
    const key = (n: number) => `incident:${endpoint}:${n}`;
    for (let n = 0; n < 52; n += 1)
      await ringIncident(own.temporal.client, { key: key(n), endpointId: endpoint, summary: 's', company: null });
    const list = (query: object) => world.run(listWorkflows, { query });
    // Temporal lists what changes while it is read: both pages are read again until they fit together.
    const of = { endpoint, type: 'incident', status: 'running', phase: 'opening' };
    const first = await eventually(async () => {
      const page = await list(of);
      if (page.count !== 52 || page.items.length !== 50) return false;
      const { items } = await list({ ...of, cursor: page.nextCursor });
      return new Set([...page.items, ...items].map(({ workflowId }) => workflowId)).size === 52 && page;
    }, 20_000);
    expect((await list({ endpoint, type: 'heartbeat' })).items).toEqual([]);
    expect((await list({ endpoint, failing: 'tasks' })).items).toEqual([]);
    expect((await list({ endpoint, status: 'completed' })).count).toBe(0);
    for (const query of [{ cursor: 'bm8' }, { cursor: first.nextCursor, endpoint }])
      expect((await world.refusal(listWorkflows, { query })).code).toBe('invalid');
  }, 60_000);
});
