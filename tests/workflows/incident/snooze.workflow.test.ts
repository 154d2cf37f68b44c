import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { ringIncident } from '../../../infra/temporal/ring.ts';
import { ORDER_UPDATES, type OrderAnswer, type OrderInput } from '../../../workflows/contracts/incident.ts';
import { eventually } from '../../support/eventually.ts';
import { anIncident, benchPool } from '../../support/incident-bench.ts';
import { runWorkers } from '../../support/incident-worker.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';
import { timeSkipping } from '../../support/temporal.ts';

const DAY_MS = 86_400_000;
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

it('a ticket snoozed for three days gets one note of all that came, on the day it ends', async () => {
  const incident = await anIncident(pool, { noteIntervalSeconds: 0 });
  const { stop } = await runWorkers(env.nativeConnection, env.namespace ?? 'default', incident.deps);
  const endpointId = incident.key.split(':')[1] ?? '';
  const tell = async (kind: 'open' | 'close') => {
    incident.nowMs = await env.currentTimeMs();
    await incident.alert(kind);
    await ringIncident(env.client, { key: incident.key, endpointId, summary: 'Alert: Server', company: null });
  };
  const notes = () => incident.tickets.all[0]?.notes ?? [];
  const allSettled = async () => (await incident.alerts()).every(({ settled }) => settled);
  try {
    await tell('open');
    await eventually(() => incident.tickets.all.length === 1, 30_000);
    const until = new Date((await env.currentTimeMs()) + 3 * DAY_MS).toISOString();
    const orderId = await incident.order('snooze', { until });
    const answer = await env.client.workflow
      .getHandle(incident.key)
      .executeUpdate<OrderAnswer, [OrderInput]>(ORDER_UPDATES.snooze, { args: [{ orderId }] });
    expect(answer.state).toBe('done');
    for (let day = 0; day < 2; day += 1) {
      await env.sleep('1 day');
      await tell('open');
      await eventually(allSettled, 30_000);
      expect(notes()).toEqual([]);
    }
    await env.sleep('2 days');
    await eventually(() => notes().length === 1, 30_000);
    expect(notes()[0]?.body).toMatch(/^Snoozed by ann until .*\n2 more alerts in 86\d{3} s/);
    await tell('close');
    await env.client.workflow.getHandle(incident.key).result();
    expect(incident.tickets.all).toMatchObject([{ isOpen: false, closedTimes: 1 }]);
  } finally {
    await stop();
  }
});
