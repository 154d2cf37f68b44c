import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBells } from '../../../activities/bells.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { ringIncident } from '../../../infra/temporal/ring.ts';
import { GATE_WORKFLOW } from '../../../workflows/contracts/gate.ts';
import { eventually } from '../../support/eventually.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { runWorkers } from '../../support/incident-worker.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';
import { timeSkipping } from '../../support/temporal.ts';
import { TicketSystemError } from '../../../activities/tickets/ticket-system.ts';

const HOURS_72 = 72 * 3_600_000;
const INCIDENTS = 20;

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

it('holds 20 incidents through an outage of 72 hours and then opens and closes one ticket each', async () => {
  const incidents = await Promise.all(Array.from({ length: INCIDENTS }, () => anIncident(pool)));
  const [first] = incidents as [IncidentBench, ...IncidentBench[]];
  const goneUntil = (await env.currentTimeMs()) + HOURS_72;
  let probes = 0;
  const isAway = async () => (await env.currentTimeMs()) < goneUntil;
  const away = () => new TicketSystemError('unavailable', 'connect ECONNREFUSED', { effect: 'none' });
  const tickets = first.tickets;
  const guarded = new Proxy(tickets, {
    get(target, name: keyof typeof tickets) {
      const method = target[name];
      if (typeof method !== 'function' || name === 'describe') return method;
      return async (...args: unknown[]) => {
        if (name === 'check') probes += 1;
        if (await isAway()) throw away();
        return (method as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  const bells = createBells(env.client, pool, first.deps.logger);
  for (const incident of incidents)
    await pool.query('update incident set connection = $1, summary = key where key = $2', [
      first.deps.connection,
      incident.key,
    ]);
  const { stop } = await runWorkers(env.nativeConnection, env.namespace ?? 'default', {
    ...first.deps,
    tickets: guarded,
    bells,
  });
  const ring = (incident: IncidentBench) =>
    ringIncident(env.client, { key: incident.key, endpointId: incident.key.slice(9, 45), summary: 'x', company: null });
  const phases = async () =>
    (await Promise.all(incidents.map((incident) => incident.row()))).map((row) => row['phase']);
  try {
    for (const incident of incidents) await incident.alert('open');
    await Promise.all(incidents.map(ring));
    await env.sleep('10 minutes');
    await eventually(async () => (await phases()).every((phase) => phase === 'waiting'), 20_000);
    for (const incident of incidents) await incident.alert('close');
    await Promise.all(incidents.map(ring));
    await env.sleep('73 hours');
    await eventually(async () => (await phases()).every((phase) => phase === 'closed'), 30_000, 100);
    expect(tickets.all).toHaveLength(INCIDENTS);
    expect(tickets.all.every((ticket) => !ticket.isOpen)).toBe(true);
    expect(probes).toBeGreaterThan(100);
    const gate = await env.client.workflow.getHandle(`gate:${first.deps.connection}`).describe();
    expect(gate.type).toBe(GATE_WORKFLOW);
  } finally {
    await stop();
  }
}, 180_000);
