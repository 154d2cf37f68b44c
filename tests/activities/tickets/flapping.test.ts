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

const FLAPS = { flapChanges: 4, flapMinutes: 10, flapCalmMinutes: 10 };
const CALM_MS = 600_000;

async function change(incident: IncidentBench, times: number, gapMs = 5_000): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    incident.nowMs += gapMs;
    const row = await incident.row();
    const last = (row['flap'] as { last: string } | null)?.last ?? 'closed';
    await incident.alert(last === 'open' ? 'close' : 'open');
    await incident.live();
  }
}

const bodies = (incident: IncidentBench) =>
  incident.tickets.all.flatMap(({ notes }) => notes.map(({ body }) => body.split('\n')[0] ?? ''));
const openOnes = (incident: IncidentBench) => incident.tickets.all.filter(({ isOpen }) => isOpen).length;

describe.each([0, 30])('an incident that flaps, its notes %i seconds apart', (noteIntervalSeconds) => {
  it('is told once, keeps its ticket open and quiet, and is closed with the counts when it is calm after a recovery', async () => {
    const incident = await anIncident(pool, { ...FLAPS, noteIntervalSeconds, reopenWindowSeconds: 600 });
    await change(incident, 5);
    const before = bodies(incident).length;
    expect(bodies(incident).filter((line) => line.startsWith('Flapping: '))).toHaveLength(1);
    const closedBefore = incident.tickets.all.reduce((sum, { closedTimes }) => sum + closedTimes, 0);
    await change(incident, 41);
    expect(bodies(incident)).toHaveLength(before);
    expect(openOnes(incident)).toBe(1);
    expect(incident.tickets.all).toHaveLength(1);
    expect(incident.tickets.all[0]?.closedTimes).toBe(closedBefore);
    incident.nowMs += CALM_MS - 1;
    await incident.live();
    expect(openOnes(incident)).toBe(1);
    incident.nowMs += 1;
    await incident.live();
    expect(openOnes(incident)).toBe(0);
    const told = bodies(incident).slice(before);
    expect(told).toEqual([
      expect.stringMatching(
        /^Flapping is over: 46 changes .* 23 times failing, 23 times recovered. Last state: recovered/,
      ),
      expect.stringMatching(/^Recovered at /),
    ]);
    expect((await incident.alerts()).every(({ settled, state }) => settled && state === 'processed')).toBe(true);
  });

  it('stays open when it is calm and failing, and needs as many changes again for the next spell', async () => {
    const incident = await anIncident(pool, { ...FLAPS, noteIntervalSeconds, closeDelaySeconds: 60 });
    await change(incident, 9);
    incident.nowMs += CALM_MS;
    await incident.live();
    expect(bodies(incident).at(-1)).toMatch(/^Flapping is over: 9 changes .* Last state: failing/);
    expect(openOnes(incident)).toBe(1);
    await change(incident, 1);
    await incident.settle(1);
    expect(openOnes(incident)).toBe(0);
    expect(incident.tickets.all).toHaveLength(1);
    expect(bodies(incident).filter((line) => line.startsWith('Flapping: '))).toHaveLength(1);
  });

  it('is closed at once by a person, who is told of the counts', async () => {
    const incident = await anIncident(pool, { ...FLAPS, noteIntervalSeconds, closeDelaySeconds: 60 });
    await change(incident, 7);
    await incident.order('close', { text: 'enough' });
    await incident.live();
    expect(openOnes(incident)).toBe(0);
    expect(bodies(incident).slice(-2)).toEqual([
      expect.stringMatching(/^Flapping is over: 7 changes/),
      expect.stringMatching(/^Closed by ann/),
    ]);
  });

  it('that is acknowledged is told nothing of it until the close', async () => {
    const incident = await anIncident(pool, { ...FLAPS, noteIntervalSeconds, closeDelaySeconds: 60 });
    await change(incident, 1);
    await incident.order('acknowledge');
    await change(incident, 9);
    expect(bodies(incident)).toEqual([]);
    await incident.settle(1);
    expect(bodies(incident)).toHaveLength(2);
    expect(openOnes(incident)).toBe(0);
  });
});

it('keeps the detector in the row: a worker that dies at any change loses nothing of it', async () => {
  const incident = await anIncident(pool, { ...FLAPS, closeDelaySeconds: 60 });
  for (let round = 0; round < 12; round += 1) {
    incident.tickets.faults = [round % 2 ? 'crash-before' : 'crash-after'];
    await change(incident, 1);
  }
  incident.tickets.faults = [];
  await incident.settle(2);
  expect(openOnes(incident)).toBe(0);
  expect(bodies(incident).filter((line) => line.startsWith('Flapping: '))).toHaveLength(1);
  expect(bodies(incident).filter((line) => line.startsWith('Flapping is over'))).toHaveLength(1);
  const { rows } = await pool.query(
    `select e.kind, e.data from incident_event e join incident i on i.id = e.incident_id where i.key = $1 and e.kind like 'flapping%' order by e.id`,
    [incident.key],
  );
  expect(rows).toEqual([
    { kind: 'flapping', data: expect.objectContaining({ webhookId: expect.any(String) }) },
    {
      kind: 'flapping-over',
      data: expect.objectContaining({ timer: 'flapCalm', opens: 6, closes: 6, last: 'closed' }),
    },
  ]);
});
