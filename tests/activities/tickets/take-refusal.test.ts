import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createTicketActivities } from '../../../activities/tickets/ticket.activities.ts';
import { TicketSystemError } from '../../../activities/tickets/ticket-system.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import type { IncidentSnapshot, StepInput } from '../../../workflows/contracts/incident.ts';
import { eventually } from '../../support/eventually.ts';
import { anIncident, benchPool } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

const PLACES_OF_AN_ENDPOINT = 20;

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = benchPool(database.url);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});
afterEach(() => void vi.useRealTimers());

const run = (activity: (input: StepInput) => Promise<IncidentSnapshot | null>, input: StepInput) =>
  new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') }).run(
    activity,
    input,
  ) as Promise<IncidentSnapshot | null>;

test('an incident of an endpoint whose steps hang is told with its take to wait, and goes on once they come to their end', async () => {
  const incident = await anIncident(pool);
  await incident.alert('open', 'down');
  const end = Promise.withResolvers<void>();
  let hanging = 0;
  const { findByKey } = incident.tickets;
  incident.tickets.findByKey = async () => {
    hanging += 1;
    await end.promise;
    throw new TicketSystemError('unavailable', 'The connection was reset.', { effect: 'none' });
  };
  const { openTicket, takeAlerts } = createTicketActivities(incident.deps);
  const input = { key: incident.key, chain: '11111111-1111-4111-8111-111111111111', watched: [] };
  const at = (ms: number): StepInput => ({ ...input, now: new Date(incident.nowMs + ms).toISOString() });
  expect(await run(takeAlerts, at(0))).toMatchObject({ phase: 'opening' });

  vi.useFakeTimers({ toFake: ['performance'] });
  const steps = Array.from({ length: PLACES_OF_AN_ENDPOINT }, () => run(openTicket, at(0)).catch(() => null));
  await eventually(() => hanging === PLACES_OF_AN_ENDPOINT);
  vi.advanceTimersByTime(3_500);
  const waits = await run(takeAlerts, at(1_000));
  expect(Date.parse(waits?.nextTryAt ?? '')).toBeGreaterThan(incident.nowMs + 1_000);
  expect((await incident.row())['error']).toMatch(/does not answer for other incidents of this endpoint/);
  expect(hanging).toBe(PLACES_OF_AN_ENDPOINT);

  end.resolve();
  await Promise.all(steps);
  incident.tickets.findByKey = findByKey;
  await incident.settle();
  expect(incident.tickets.all).toHaveLength(1);
});
