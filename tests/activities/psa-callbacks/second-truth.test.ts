import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClosableTicketSystem } from '../../../activities/tickets/connectwise/connectwise.ts';
import { hintTickets } from '../../../infra/database/hint-tickets.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { aConnectwiseIncident } from '../../support/connectwise-incident.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { benchPool, type IncidentBench } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { towards } from '../tickets/connectwise-fixture.ts';

let database: TestDatabase;
let pool: Pool;
let simulator: ConnectwiseSimulator;
let system: ClosableTicketSystem;

beforeAll(async () => {
  [database, simulator] = await Promise.all([testDatabase(), startConnectwiseSimulator()]);
  pool = benchPool(database.url);
  system = towards(simulator.url);
}, 60_000);
afterEach(() => simulator.reset());
afterAll(async () => {
  await system?.close();
  await simulator?.stop();
  await pool?.end();
  await database?.drop();
});

async function open(changes: Parameters<typeof aConnectwiseIncident>[2] = {}): Promise<[IncidentBench, number]> {
  const incident = await aConnectwiseIncident(pool, system, changes);
  await incident.alert('open', 'down');
  await incident.live();
  const id = Number((await incident.row())['ticket_id']);
  expect((await incident.row())['error']).toBeNull();
  expect(id).toBeGreaterThan(0);
  return [incident, id];
}

const SIX_HOURS = 6 * 3_600_000 + 1_000;
/** How the incident comes to look: after six hours by itself, or at once as it was hinted. */
const WAYS = [
  ['by the regular check', async (incident: IncidentBench) => void (incident.nowMs += SIX_HOURS)],
  [
    'by a hint',
    async (incident: IncidentBench) => {
      const { ticket_id } = await incident.row();
      expect(await hintTickets(pool, 'connectwise', [String(ticket_id)])).toHaveLength(1);
    },
  ],
] as const;

const ticket = (id: number) => simulator.record.ticket(id);
const noteTexts = (id: number) => (ticket(id)?.notes ?? []).map(({ text }) => String(text));
const resolutions = (id: number) => (ticket(id)?.notes ?? []).filter((note) => note['resolutionFlag'] === true);
const events = async (incident: IncidentBench): Promise<string[]> => {
  const { rows } = await pool.query<{ kind: string }>(
    `select e.kind from incident_event e join incident i on i.id = e.incident_id where i.key = $1 order by e.id`,
    [incident.key],
  );
  return rows.map(({ kind }) => kind);
};

describe.each(WAYS)('what a person did is found %s', (_, look) => {
  it('closed: the incident ends, and the resolution is told to that ticket once it comes', async () => {
    const [incident, id] = await open();
    simulator.person(id, { close: true, by: 'asmith' });
    await look(incident);
    expect((await incident.live()).ended).toBe(true);
    expect(await incident.row()).toMatchObject({ phase: 'closed', ticket_id: null, look_at: null });
    expect(await events(incident)).toContain('closed-by-person');
    await incident.alert('close', 'up again');
    expect((await incident.live()).ended).toBe(true);
    expect((await incident.alerts()).at(-1)).toMatchObject({ state: 'processed', action: 'close', ticket: String(id) });
    expect(resolutions(id)).toHaveLength(1);
    expect(noteTexts(id).join()).toContain('up again');
    await incident.alert('close', 'up once more');
    await incident.live();
    expect(resolutions(id)).toHaveLength(1);
    expect((await incident.alerts()).at(-1)).toMatchObject({ state: 'processed', action: 'none' });
    await incident.alert('open', 'down again');
    await incident.live();
    expect(Number((await incident.row())['ticket_id'])).toBeGreaterThan(id);
  });

  it('closed where closed tickets take no notes: the recovery is in the timeline and nothing is tried for ever', async () => {
    const [incident, id] = await open();
    simulator.faults.set({ closedTicketWrites: 'refuse' });
    simulator.person(id, { close: true });
    await look(incident);
    await incident.live();
    await incident.alert('close', 'up again');
    expect((await incident.live()).ended).toBe(true);
    expect((await incident.alerts()).at(-1)).toMatchObject({ state: 'processed', action: 'none' });
    expect(resolutions(id)).toHaveLength(0);
    expect(await events(incident)).toContain('recovered');
  });

  it('deleted: the incident ends only after the connection was proved, and a later close settles', async () => {
    const [incident, id] = await open();
    simulator.person(id, { delete: true });
    await look(incident);
    simulator.record.forgetRequests();
    expect((await incident.live()).ended).toBe(true);
    const asked = simulator.record.requests().map(({ method, path, status }) => `${method} ${path} ${status}`);
    expect(asked).toEqual([`GET /service/tickets/${id} 404`, 'GET /service/tickets 200']);
    expect(await events(incident)).toContain('gone');
    await incident.alert('close');
    await incident.live();
    expect((await incident.alerts()).every(({ settled }) => settled)).toBe(true);
  });

  it('merged: the incident goes on with the ticket that is left, through a chain of merges, and closes it', async () => {
    const [incident, id] = await open();
    const second = await anotherTicket('b');
    const third = await anotherTicket('c');
    simulator.person(id, { mergeInto: second });
    simulator.person(second, { mergeInto: third });
    await look(incident);
    expect((await incident.live()).ended).toBe(false);
    expect(await incident.row()).toMatchObject({ phase: 'open', ticket_id: String(third), look_at: null });
    await incident.alert('open', 'still down');
    await incident.live();
    expect(noteTexts(third).join()).toContain('still down');
    await incident.alert('close', 'up again');
    expect((await incident.live()).ended).toBe(true);
    expect(ticket(third)).toMatchObject({ closedFlag: true });
    expect(resolutions(third)).toHaveLength(1);
    expect(resolutions(id)).toHaveLength(0);
  });

  it('merged into a closed ticket: the incident ends, the resolution goes there', async () => {
    const [incident, id] = await open();
    const other = await anotherTicket('d');
    simulator.person(id, { mergeInto: other });
    simulator.person(other, { close: true });
    await look(incident);
    expect((await incident.live()).ended).toBe(true);
    await incident.alert('close', 'up again');
    await incident.live();
    expect(resolutions(other)).toHaveLength(1);
  });

  it("merged into another incident's ticket: that one keeps it, this one ends and tells it of its recovery", async () => {
    const [incident, id] = await open();
    const [other, otherId] = await open();
    simulator.person(id, { mergeInto: otherId });
    await look(incident);
    expect((await incident.live()).ended).toBe(true);
    expect(await events(incident)).toContain('merged');
    await incident.alert('close', 'the first is up again');
    await incident.live();
    expect(ticket(otherId)).toMatchObject({ closedFlag: false });
    expect(noteTexts(otherId).join()).toContain('the first is up again');
    await other.alert('close', 'the second too');
    expect((await other.live()).ended).toBe(true);
    expect(ticket(otherId)).toMatchObject({ closedFlag: true });
  });

  it('untouched: a ticket that a person merged or worked on stays open, and is told of the recovery', async () => {
    const [incident, id] = await open({ closePolicy: 'untouched' });
    const other = await anotherTicket('e');
    simulator.person(id, { mergeInto: other });
    await look(incident);
    await incident.live();
    await incident.alert('close', 'up again');
    await incident.live();
    expect(ticket(other)).toMatchObject({ closedFlag: false });
    expect(noteTexts(other).join()).toContain('up again');
    expect((await incident.alerts()).every(({ settled }) => settled)).toBe(true);
  });

  it('nothing at all: the incident goes on, after one call', async () => {
    const [incident, id] = await open();
    simulator.person(id, { note: 'I am looking into it' });
    await look(incident);
    simulator.record.forgetRequests();
    expect((await incident.live()).ended).toBe(false);
    expect(simulator.record.requests()).toHaveLength(1);
    expect(await incident.row()).toMatchObject({ phase: 'open', ticket_id: String(id), look_at: null });
  });
});

describe('a close that comes before anybody looked', () => {
  it('is told as a resolution to the ticket that a person closed', async () => {
    const [incident, id] = await open();
    simulator.person(id, { close: true });
    await incident.alert('close', 'up again');
    expect((await incident.live()).ended).toBe(true);
    expect(resolutions(id)).toHaveLength(1);
    expect((await incident.alerts()).at(-1)).toMatchObject({ state: 'processed', action: 'close', ticket: String(id) });
  });

  it('outlives a ticket system that answers badly', async () => {
    const [incident, id] = await open();
    simulator.person(id, { close: true });
    await hintTickets(pool, 'connectwise', [String(id)]);
    await incident.live();
    simulator.faults.set({ down: 'maintenance' });
    await incident.alert('close', 'up again');
    await incident.live();
    expect((await incident.alerts()).at(-1)?.settled).toBe(false);
    simulator.faults.set({ down: 'no' });
    incident.nowMs += 60_000;
    await incident.settle(1);
    expect(resolutions(id)).toHaveLength(1);
  });
});

it('a hint that comes while the ticket is being read is not lost', async () => {
  const [incident, id] = await open();
  await hintTickets(pool, 'connectwise', [String(id)]);
  const first = (await incident.row())['look_at'];
  const get = system.get;
  let hinted = false;
  system.get = async (...args) => {
    const read = await get(...args);
    if (!hinted) {
      hinted = true;
      simulator.person(id, { close: true });
      await new Promise((resolve) => setTimeout(resolve, 5));
      await hintTickets(pool, 'connectwise', [String(id)]);
      expect((await incident.row())['look_at']).not.toEqual(first);
    }
    return read;
  };
  try {
    expect((await incident.live()).ended).toBe(true);
  } finally {
    system.get = get;
  }
  expect(await events(incident)).toContain('closed-by-person');
});

let made = 0;
async function anotherTicket(name: string): Promise<number> {
  const { company, publicKey, privateKey, clientId } = simulator.credentials;
  const answer = await fetch(`${simulator.url}/service/tickets`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${company}+${publicKey}:${privateKey}`).toString('base64')}`,
      clientid: clientId,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ summary: `other ${name} ${(made += 1)}`, company: { identifier: 'ACME' } }),
  });
  return ((await answer.json()) as { id: number }).id;
}
