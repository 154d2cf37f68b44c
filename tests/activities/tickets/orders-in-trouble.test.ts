import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { anIncident, benchPool } from '../../support/incident-bench.ts';
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

const answers = async () =>
  (
    await pool.query<{ state: string; answer: string | null }>(
      'select state, answer from incident_order order by asked_at',
    )
  ).rows;

describe('a person’s order', () => {
  it('rests between two tries while the ticket system is away, and is carried out once it is back', async () => {
    const incident = await anIncident(pool);
    await incident.alert('open', 'down');
    await incident.live();
    await incident.order('note', { text: 'looking at it' });
    incident.tickets.faults = Array.from({ length: 50 }, () => 'unavailable' as const);
    const lived = await incident.live();
    expect(lived.waitsUntil).toBeGreaterThan(incident.nowMs);
    expect(incident.tickets.faults).toHaveLength(49);
    incident.tickets.faults = [];
    await incident.settle();
    expect(incident.tickets.all[0]?.notes.map((note) => note.body)).toEqual(['ann: looking at it']);
  });

  it('does not keep a retry waiting', async () => {
    const incident = await anIncident(pool);
    incident.tickets.faults = ['unavailable', 'unavailable'];
    await incident.alert('open', 'down');
    expect((await incident.live()).waitsUntil).toBeGreaterThan(incident.nowMs);
    incident.tickets.faults = [];
    await incident.order('retry');
    await incident.live();
    expect(incident.tickets.all).toHaveLength(1);
  });

  it('of a note on a ticket that is gone is refused, and the incident goes on with a new ticket', async () => {
    const incident = await anIncident(pool, { noteIntervalSeconds: 0 });
    await incident.alert('open', 'down');
    await incident.live();
    await pool.query('delete from incident_order');
    incident.tickets.all.splice(0, 1);
    await incident.order('note', { text: 'looking at it' });
    await incident.alert('open', 'still down');
    await incident.settle(1);
    expect(await answers()).toEqual([{ state: 'refused', answer: expect.stringContaining('Ticket 1 is gone') }]);
    expect(incident.tickets.all.filter((ticket) => ticket.isOpen)).toHaveLength(1);
  });
});
