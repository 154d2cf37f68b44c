import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { anIncident, benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

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

const textsOf = ({ tickets }: IncidentBench) =>
  tickets.all.flatMap(({ description, notes }) => [
    description,
    ...notes.filter(({ purpose }) => purpose === 'update').map(({ body }) => body),
  ]);
const timesTold = (incident: IncidentBench, message: string) =>
  textsOf(incident).filter((text) => text.includes(message)).length;
const numberTold = (incident: IncidentBench) =>
  textsOf(incident).reduce((sum, text) => sum + Number(/(\d+) more alerts/.exec(text)?.[1] ?? 1), 0);

describe('every alert is told once', () => {
  it('where more notes wait than one step writes, and a recovery comes', async () => {
    const incident = await anIncident(pool, { noteIntervalSeconds: 0 });
    await incident.alert('open', 'm-first.');
    await incident.live();
    for (let n = 0; n < 95; n += 1) await incident.alert('open', `m-${n}.`);
    await incident.alert('close');
    await incident.settle(1);
    for (let n = 0; n < 95; n += 1) expect(timesTold(incident, `m-${n}.`), `m-${n}.`).toBe(1);
    expect(incident.tickets.all.map(({ isOpen, closedTimes }) => `${isOpen} ${closedTimes}`)).toEqual(['false 1']);
  });

  it('where the ticket is created after a refusal', async () => {
    const incident = await anIncident(pool, { noteIntervalSeconds: 0 });
    incident.tickets.faults = [null, null, 'throttled'];
    for (let n = 0; n < 4; n += 1) await incident.alert('open', `m-${n}.`);
    await incident.settle(1);
    for (let n = 0; n < 4; n += 1) expect(timesTold(incident, `m-${n}.`), `m-${n}.`).toBe(1);
    expect(incident.tickets.all).toHaveLength(1);
    expect((await incident.alerts()).filter(({ action }) => action === 'create')).toHaveLength(1);
  });

  it('where the answer to the closing was lost and it failed and recovered meanwhile', async () => {
    const incident = await anIncident(pool, { noteIntervalSeconds: 0 });
    await incident.alert('open', 'm-0.');
    await incident.live();
    await incident.alert('close');
    incident.tickets.faults = [null, null, 'lost-reply'];
    await incident.live();
    expect(incident.tickets.all[0]?.isOpen).toBe(false);
    await incident.alert('open', 'm-1.');
    await incident.alert('open', 'm-2.');
    await incident.alert('close');
    await incident.settle(1);
    for (let n = 0; n < 3; n += 1) expect(timesTold(incident, `m-${n}.`), `m-${n}.`).toBe(1);
    expect(incident.tickets.all.some(({ isOpen }) => isOpen)).toBe(false);
    expect((await incident.alerts()).every(({ settled }) => settled)).toBe(true);
  });

  it('where a person closes the ticket while counted alerts wait for their note', async () => {
    const incident = await anIncident(pool, { noteIntervalSeconds: 30 });
    await incident.alert('open', 'first');
    await incident.live();
    await incident.alert('open', 'second');
    await incident.live();
    for (let n = 0; n < 5; n += 1) await incident.alert('open', `counted ${n}`);
    await incident.live();
    incident.tickets.person('1', { isOpen: false, statusName: 'Completed' });
    incident.nowMs += 5_000;
    for (let n = 0; n < 3; n += 1) await incident.alert('open', `later ${n}`);
    await incident.settle(1);
    expect(incident.tickets.all.map(({ isOpen }) => isOpen)).toEqual([false, true]);
    expect(numberTold(incident)).toBe(10);
  });
});
