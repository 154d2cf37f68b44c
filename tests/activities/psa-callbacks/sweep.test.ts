import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sweepChanged, sweepListed } from '../../../activities/psa-callbacks/sweep-tickets.ts';
import type { ClosableTicketSystem } from '../../../activities/tickets/connectwise/connectwise.ts';
import type { TicketWatch } from '../../../activities/tickets/ticket-system.ts';
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
const signal = new AbortController().signal;

beforeAll(async () => {
  [database, simulator] = await Promise.all([testDatabase(), startConnectwiseSimulator()]);
  pool = benchPool(database.url);
  system = towards(simulator.url);
}, 60_000);
beforeEach(async () => void (await pool.query('delete from incident')));
afterEach(() => simulator.reset());
afterAll(async () => {
  await system?.close();
  await simulator?.stop();
  await pool?.end();
  await database?.drop();
});

interface Opened {
  incident: IncidentBench;
  id: number;
}

async function open(count: number, changes: Parameters<typeof aConnectwiseIncident>[2] = {}): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (let n = 0; n < count; n += 1) {
    const incident = await aConnectwiseIncident(pool, system, changes);
    await incident.alert('open', 'down');
    await incident.live();
    opened.push({ incident, id: Number((await incident.row())['ticket_id']) });
  }
  simulator.record.forgetRequests();
  return opened;
}

function watch(): TicketWatch {
  if (system.watch === undefined) throw new Error('ConnectWise can be watched.');
  return system.watch;
}
const depsOf = ([first]: Opened[]) => {
  if (first === undefined) throw new Error('There is an incident.');
  return first.incident.deps;
};
const asked = async (opened: Opened[]): Promise<number[]> => {
  const rows = await Promise.all(opened.map(async ({ incident, id }) => ({ id, row: await incident.row() })));
  return rows.filter(({ row }) => row['look_at'] !== null && row['bell'] === true).map(({ id }) => id);
};
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const age = (ms: number) => pool.query(`update incident set checked_at = $1`, [ago(ms)]);

describe('reading what changed', () => {
  it('hints to those whose tickets ended, in one call for all, and to no other', async () => {
    const opened = await open(6, {});
    const [a, b, c] = opened.map(({ id }) => id) as [number, number, number];
    simulator.person(a, { close: true });
    simulator.person(b, { mergeInto: c });
    simulator.person(c, { note: 'at work' });
    const page = await sweepChanged(depsOf(opened), watch(), { since: ago(60_000), after: null }, signal);
    expect(page).toEqual({ tickets: 6, hinted: 2, next: null });
    expect(await asked(opened)).toEqual([a, b]);
    expect(simulator.record.requests()).toHaveLength(1);
  });

  it("knows an endpoint's own closing status", async () => {
    const opened = await open(2, { closeStatus: 'Waiting' });
    const boards = simulator.catalog.boards.filter(({ name }) => name === 'Service Board');
    const status = simulator.catalog.statuses.find(
      (one) => one.board.id === boards[0]?.id && !one.closedStatus && one.name !== 'New',
    );
    await pool.query(`update endpoint set config = jsonb_set(config, '{ticketing,closeStatus}', to_jsonb($1::text))`, [
      status?.name,
    ]);
    simulator.person(opened[0]?.id ?? 0, { status: status?.name ?? '' });
    await sweepChanged(depsOf(opened), watch(), { since: ago(60_000), after: null }, signal);
    expect(await asked(opened)).toEqual([opened[0]?.id]);
  });

  it('goes on from page to page by id, while tickets go on changing', async () => {
    const opened = await open(3);
    const ids = opened.map(({ id }) => id);
    for (const id of ids) simulator.person(id, { close: true });
    const first = await watch().changedSince(ago(60_000), null);
    expect(first.tickets.map(({ id }) => Number(id))).toEqual(ids);
    const rest = await watch().changedSince(ago(60_000), String(ids[0]));
    expect(rest.tickets.map(({ id }) => Number(id))).toEqual(ids.slice(1));
    const none = await watch().changedSince(ago(-60_000), null);
    expect(none).toEqual({ tickets: [], next: null });
  });

  it('a ticket that a lagging list hides is found by the next sweep, which reads the lag again', async () => {
    simulator.faults.set({ listLagSeconds: 60 });
    const opened = await open(1);
    simulator.person(opened[0]?.id ?? 0, { close: true });
    const since = ago(60_000);
    expect(await sweepChanged(depsOf(opened), watch(), { since, after: null }, signal)).toMatchObject({ hinted: 0 });
    simulator.advance(61_000);
    expect(await sweepChanged(depsOf(opened), watch(), { since, after: null }, signal)).toMatchObject({ hinted: 1 });
    expect(await asked(opened)).toHaveLength(1);
  });
});

describe('looking up what was not seen for long', () => {
  it('finds the closed, the merged and the deleted in one call, and does not ask again for an hour', async () => {
    const opened = await open(5);
    const [a, b, c, d] = opened.map(({ id }) => id) as [number, number, number, number];
    simulator.person(a, { close: true });
    simulator.person(b, { delete: true });
    simulator.person(c, { mergeInto: d });
    await age(2 * 3_600_000);
    const input = { now: new Date().toISOString(), after: null };
    expect(await sweepListed(depsOf(opened), watch(), input, signal)).toEqual({ tickets: 5, hinted: 3, next: null });
    expect(await asked(opened)).toEqual([a, b, c]);
    expect(simulator.record.requests()).toHaveLength(1);
    expect(await sweepListed(depsOf(opened), watch(), input, signal)).toEqual({ tickets: 0, hinted: 0, next: null });
    expect(simulator.record.requests()).toHaveLength(1);
  });

  it('puts off the regular reading of each, but never what it believes of the ticket', async () => {
    const opened = await open(1);
    const [first] = opened;
    await age(2 * 3_600_000);
    const before = (await first?.incident.row())?.['checked_at'];
    await sweepListed(depsOf(opened), watch(), { now: new Date().toISOString(), after: null }, signal);
    const row = await first?.incident.row();
    expect(row?.['checked_at']).toEqual(before);
    const lived = await first?.incident.live();
    expect(lived?.waitsUntil).toBeGreaterThan(Date.now() + 5.9 * 3_600_000);
  });

  it('a list that hides a ticket for a while costs one reading and ends nothing', async () => {
    const opened = await open(1);
    await age(2 * 3_600_000);
    simulator.faults.set({ listLagSeconds: 60 });
    await sweepListed(depsOf(opened), watch(), { now: new Date().toISOString(), after: null }, signal);
    expect(await asked(opened)).toHaveLength(1);
    expect((await opened[0]?.incident.live())?.ended).toBe(false);
    expect(await opened[0]?.incident.row()).toMatchObject({ phase: 'open', look_at: null });
  });

  it('costs a call a hundred tickets', async () => {
    const opened = await open(1);
    const { incident } = opened[0] as Opened;
    const { endpoint_id } = await incident.row();
    await pool.query(
      `insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest, phase, ticket_id)
       select gen_random_uuid(), 'k' || n, $1, 0, 'connectwise', 'x', 'x', 'd', 'open', (500000 + n)::text from generate_series(1, 249) n`,
      [endpoint_id],
    );
    await age(2 * 3_600_000);
    const now = new Date().toISOString();
    let after: string | null = null;
    const pages: number[] = [];
    do {
      const page = await sweepListed(incident.deps, watch(), { now, after }, signal);
      pages.push(page.tickets);
      after = page.next;
    } while (after !== null);
    expect(pages).toEqual([100, 100, 50]);
    expect(simulator.record.requests()).toHaveLength(3);
  });
});
