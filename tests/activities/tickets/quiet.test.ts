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

const HOUR_MS = 3_600_000;
const notesOf = (incident: IncidentBench, index = 0) =>
  incident.tickets.all[index]?.notes.map(({ body }) => body) ?? [];
const answerOf = async (orderId: string) => {
  const { rows } = await pool.query('select state, answer from incident_order where id = $1', [orderId]);
  return rows[0] as { state: string; answer: string };
};

async function anOpenIncident(changes = {}): Promise<IncidentBench> {
  const incident = await anIncident(pool, changes);
  await incident.alert('open', 'first');
  await incident.live();
  return incident;
}

async function repeat(incident: IncidentBench, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    incident.nowMs += 120_000;
    await incident.alert('open', `again ${count}`);
    await incident.live();
  }
}

describe.each([0, 30])('an acknowledged incident, its notes %i seconds apart', (noteIntervalSeconds) => {
  it('is not told of repeats until its ticket is closed, then of all of them at once', async () => {
    const incident = await anOpenIncident({ noteIntervalSeconds });
    const order = await incident.order('acknowledge');
    await incident.live();
    expect(await answerOf(order)).toMatchObject({ state: 'done' });
    await repeat(incident, 4);
    expect(notesOf(incident)).toEqual([]);
    expect((await incident.alerts()).every(({ settled }) => settled)).toBe(true);
    await incident.alert('close', 'up');
    await incident.settle(1);
    expect(notesOf(incident)).toEqual([
      expect.stringMatching(/^Acknowledged by ann; what came meanwhile:\n4 more alerts/),
      expect.stringMatching(/^Recovered/),
    ]);
    expect(await incident.row()).toMatchObject({ acknowledged_by: null, acknowledged_at: null, phase: 'closed' });
  });

  it('counts what was on its way when the word came', async () => {
    const incident = await anOpenIncident({ noteIntervalSeconds });
    await incident.alert('open', 'on its way');
    await incident.order('acknowledge');
    await incident.live();
    expect(notesOf(incident)).toEqual([]);
    await incident.order('close', { text: 'mended' });
    await incident.live();
    expect(notesOf(incident)).toEqual([expect.stringContaining('on its way'), expect.stringContaining('mended')]);
  });

  it('that is snoozed gets one note of what came when the time is over, and is told of repeats again', async () => {
    const incident = await anOpenIncident({ noteIntervalSeconds });
    await incident.order('snooze', { until: new Date(incident.nowMs + HOUR_MS).toISOString() });
    await incident.live();
    await repeat(incident, 5);
    expect(notesOf(incident)).toEqual([]);
    incident.nowMs += HOUR_MS;
    await incident.live();
    expect(notesOf(incident)).toEqual([expect.stringMatching(/^Snoozed by ann until .*\n5 more alerts/)]);
    await repeat(incident, 1);
    expect(notesOf(incident)[1]).toMatch(/^Alert repeated/);
    expect(notesOf(incident)).toHaveLength(2);
  });
});

describe('quiet', () => {
  it('writes nothing at its end when nothing came', async () => {
    const incident = await anOpenIncident();
    await incident.order('snooze', { until: new Date(incident.nowMs + HOUR_MS).toISOString() });
    await incident.live();
    incident.nowMs += 2 * HOUR_MS;
    await incident.live();
    expect(notesOf(incident)).toEqual([]);
    await repeat(incident, 1);
    expect(notesOf(incident)).toEqual([expect.stringMatching(/^Alert repeated/)]);
  });

  it('notices that a person closed the ticket: alerts that come after get a new one', async () => {
    const incident = await anOpenIncident();
    await incident.order('acknowledge');
    await incident.live();
    incident.nowMs += HOUR_MS;
    incident.tickets.person('1', { isOpen: false, statusName: 'Closed' });
    await incident.alert('open', 'still failing');
    await incident.live();
    await incident.settle(1);
    expect(incident.tickets.all).toMatchObject([{ isOpen: false }, { isOpen: true }]);
    expect((await incident.alerts()).at(-1)).toMatchObject({ state: 'processed', action: 'create', ticket: '2' });
  });

  it('can be asked for while the ticket system is away; what needs it waits', async () => {
    const incident = await anOpenIncident();
    await pool.query(`update connection set gate = 'closed' where name = $1`, [incident.deps.connection]);
    const note = await incident.order('note', { text: 'later' });
    const quiet = await incident.order('acknowledge');
    await incident.live();
    expect([(await answerOf(quiet)).state, (await answerOf(note)).state]).toEqual(['done', 'asked']);
    await incident.settle(1);
    expect((await answerOf(note)).state).toBe('done');
  });

  it('never keeps a close away', async () => {
    const incident = await anOpenIncident({ closeDelaySeconds: 60 });
    await incident.order('acknowledge');
    await incident.live();
    await incident.alert('close');
    await incident.settle(1);
    expect(incident.tickets.all).toMatchObject([{ isOpen: false, closedTimes: 1 }]);
  });

  it('is refused for what is over, for a time that is over, and twice', async () => {
    const closed = await anOpenIncident();
    await closed.alert('close');
    await closed.settle(1);
    const late = await closed.order('acknowledge');
    await closed.live();
    expect(await answerOf(late)).toMatchObject({ state: 'refused', answer: expect.stringContaining('over') });
    const incident = await anOpenIncident();
    const past = await incident.order('snooze', { until: '2020-01-01T00:00:00.000Z' });
    await incident.order('acknowledge');
    incident.nowMs += 1_000;
    const again = await incident.order('acknowledge');
    await incident.live();
    expect(await answerOf(past)).toMatchObject({ state: 'refused', answer: expect.stringContaining('is over') });
    expect(await answerOf(again)).toMatchObject({ state: 'refused', answer: 'ann has acknowledged it already.' });
  });
});
