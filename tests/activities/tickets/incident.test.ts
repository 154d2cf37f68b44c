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

describe('the incident', () => {
  it('makes one ticket of the first alert, a note of the repeat, and closes it on recovery with one resolution note', async () => {
    const incident = await anIncident(pool);
    await incident.alert('open', 'down');
    await incident.live();
    expect(incident.tickets.all).toHaveLength(1);
    await incident.alert('open', 'still down');
    await incident.live();
    expect(incident.tickets.all[0]?.notes.map((note) => note.body)).toEqual([expect.stringContaining('still down')]);
    await incident.alert('close', 'up');
    const lived = await incident.live();
    expect(lived.ended).toBe(true);
    expect(incident.tickets.all).toHaveLength(1);
    expect(incident.tickets.all[0]).toMatchObject({ isOpen: false, closedTimes: 1 });
    expect(incident.tickets.all[0]?.notes.filter((note) => note.purpose === 'resolution')).toHaveLength(1);
    expect((await incident.alerts()).map((alert) => `${alert.state}/${alert.action}/${alert.ticket}`)).toEqual([
      'processed/create/1',
      'processed/update/1',
      'processed/close/1',
    ]);
  });

  it('joins the alerts of a burst into notes whose numbers add up', async () => {
    const incident = await anIncident(pool, { noteIntervalSeconds: 30 });
    for (let n = 0; n < 450; n += 1) await incident.alert('open', `down ${n}`);
    await incident.live();
    incident.nowMs += 40_000;
    for (let n = 450; n < 460; n += 1) await incident.alert('open', `down ${n}`);
    await incident.settle();
    const told = incident.tickets.all[0]?.notes.map((note) => Number(/^(\d+) more/.exec(note.body)?.[1] ?? 1)) ?? [];
    expect(incident.tickets.all).toHaveLength(1);
    expect(told.reduce((sum, count) => sum + count, 1)).toBe(460);
    expect(told.length).toBeLessThan(6);
    expect((await incident.alerts()).every((alert) => alert.settled && alert.state === 'processed')).toBe(true);
  });

  it('writes a note for each alert where the interval is 0', async () => {
    const incident = await anIncident(pool, { noteIntervalSeconds: 0 });
    for (let n = 0; n < 60; n += 1) await incident.alert('open', `message-${n}.`);
    await incident.settle();
    const notes = incident.tickets.all[0]?.notes ?? [];
    expect(notes).toHaveLength(59);
    for (let n = 1; n < 60; n += 1) expect(notes[n - 1]?.body).toContain(`message-${n}.`);
  });

  it('does not create a second ticket when the reply to the first creation is lost and lists lag', async () => {
    const incident = await anIncident(pool);
    incident.tickets.lagMs = 20_000;
    incident.tickets.faults = [null, null, 'lost-reply'];
    await incident.alert('open');
    await incident.settle(1);
    expect(incident.tickets.all).toHaveLength(1);
    expect(incident.tickets.posts).toBe(1);
    expect((await incident.row())['ticket_id']).toBe('1');
  });

  it('creates once more after an empty window, and asks a person after a second request without an answer', async () => {
    const incident = await anIncident(pool);
    incident.tickets.faults = [
      null,
      null,
      'no-answer-no-effect',
      null,
      null,
      null,
      null,
      null,
      null,
      'no-answer-no-effect',
    ];
    await incident.alert('open');
    await incident.settle(1);
    expect(incident.tickets.posts).toBe(2);
    expect((await incident.row())['phase']).toBe('uncertain');
    await incident.order('create');
    await incident.settle(1);
    expect(incident.tickets.all).toHaveLength(1);
    expect((await incident.row())['phase']).toBe('open');
  });

  it('adopts an open ticket with the same summary that carries no key of ours', async () => {
    const incident = await anIncident(pool);
    await incident.tickets.create(
      { summary: 'Alert: Server', description: '', companyId: null } as never,
      'made by hand',
    );
    await incident.alert('open', 'down again');
    await incident.live();
    expect(incident.tickets.all).toHaveLength(1);
    expect(incident.tickets.all[0]?.notes[0]?.body).toContain('down again');
    expect((await incident.alerts())[0]).toMatchObject({ state: 'processed', action: 'update', ticket: '1' });
  });

  it('makes a new ticket when a person closed the first one', async () => {
    const incident = await anIncident(pool);
    await incident.alert('open');
    await incident.live();
    incident.tickets.person('1', { isOpen: false, statusName: 'Completed' });
    await incident.alert('open');
    await incident.live();
    expect(incident.tickets.all.map((ticket) => ticket.isOpen)).toEqual([false, true]);
    expect((await incident.alerts())[1]).toMatchObject({ action: 'create', ticket: '2' });
  });

  it('shows a refusal with the exact words, and is tried again by a person', async () => {
    const incident = await anIncident(pool);
    incident.tickets.faults = [null, null, 'refused'];
    await incident.alert('open');
    await incident.live();
    expect(await incident.row()).toMatchObject({
      phase: 'blocked',
      error: 'ticket object is invalid: Board not found',
    });
    expect((await incident.alerts())[0]).toMatchObject({
      state: 'failed',
      settled: false,
      error: 'ticket object is invalid: Board not found',
    });
    await incident.order('retry');
    await incident.live();
    expect((await incident.alerts())[0]).toMatchObject({ state: 'processed', action: 'create', error: null });
  });

  it('waits behind the gate while the ticket system is away, then opens and closes one ticket', async () => {
    const incident = await anIncident(pool);
    incident.tickets.faults = Array.from({ length: 40 }, () => 'unavailable' as const);
    await incident.alert('open');
    let lived = await incident.live();
    while (lived.snapshot?.gateIsOpen && lived.waitsUntil !== null) {
      incident.nowMs = lived.waitsUntil;
      lived = await incident.live();
    }
    expect((await incident.row())['phase']).toBe('waiting');
    await incident.alert('close');
    incident.tickets.faults = [];
    await incident.settle();
    expect(incident.tickets.all).toHaveLength(1);
    expect(incident.tickets.all[0]?.isOpen).toBe(false);
    expect((await incident.alerts()).map((alert) => alert.action)).toEqual(['create', 'close']);
  });

  it('does not close the gate for one ticket that fails on a connection which answers well', async () => {
    const incident = await anIncident(pool);
    let proofs = 0;
    incident.tickets.check = async () => ((proofs += 1), []);
    incident.tickets.faults = Array.from({ length: 400 }, () => 'unavailable' as const);
    await incident.alert('open');
    let lived = await incident.live();
    const until = incident.nowMs + 3_600_000;
    let tries = 0;
    for (; incident.nowMs < until && lived.waitsUntil !== null; tries += 1) {
      incident.nowMs = lived.waitsUntil;
      lived = await incident.live();
    }
    expect(lived.snapshot).toMatchObject({ gateIsOpen: true, phase: 'opening' });
    expect(tries).toBeLessThan(30);
    expect(proofs).toBeGreaterThan(10);
    incident.tickets.faults = [];
    await incident.settle();
    expect((await incident.alerts()).map((alert) => alert.action)).toEqual(['create']);
    expect(await incident.row()).toMatchObject({ error: null, error_at: null });
  });

  it('forgets a failure as soon as a call works, so that the next one is the first again', async () => {
    const incident = await anIncident(pool);
    await incident.alert('open');
    await incident.live();
    incident.nowMs += 6 * 3_600_000;
    incident.tickets.faults = ['unavailable'];
    const failed = await incident.live();
    expect(await incident.row()).toMatchObject({ error_at: expect.any(Date) as Date });
    incident.nowMs = failed.waitsUntil ?? 0;
    await incident.live();
    expect(await incident.row()).toMatchObject({ error_at: null, attempts: 0, phase: 'open' });
  });

  it('waits for calm before closing, and writes "recovered and failed again" when it comes back', async () => {
    const incident = await anIncident(pool, { closeDelaySeconds: 60 });
    await incident.alert('open');
    await incident.live();
    await incident.alert('close');
    await incident.live();
    expect(incident.tickets.all[0]?.isOpen).toBe(true);
    incident.nowMs += 30_000;
    await incident.alert('open', 'back');
    await incident.settle(0.1);
    expect(incident.tickets.all[0]?.isOpen).toBe(true);
    expect((await incident.alerts()).every((alert) => alert.settled)).toBe(true);
    await incident.alert('close');
    await incident.settle(1);
    expect(incident.tickets.all).toMatchObject([{ isOpen: false }]);
  });

  it('reopens the same ticket within the window', async () => {
    const incident = await anIncident(pool, { reopenWindowSeconds: 600 });
    await incident.alert('open');
    await incident.alert('close');
    await incident.settle(0.01);
    incident.nowMs += 60_000;
    await incident.alert('open', 'again');
    await incident.settle(0.01);
    expect(incident.tickets.all).toMatchObject([{ isOpen: true }]);
    expect((await incident.alerts())[2]).toMatchObject({ action: 'reopen', ticket: '1' });
  });

  it('leaves a ticket open that a person worked on, where the policy says untouched', async () => {
    const incident = await anIncident(pool, { closePolicy: 'untouched' });
    await incident.alert('open');
    await incident.live();
    incident.tickets.person('1', { statusName: 'In Progress' });
    await incident.alert('close');
    await incident.live();
    expect(incident.tickets.all).toMatchObject([{ isOpen: true }]);
    expect((await incident.alerts())[1]).toMatchObject({ state: 'processed', action: 'none' });
  });

  it('settles a close without any ticket as processed/none', async () => {
    const incident = await anIncident(pool);
    await incident.alert('close');
    expect((await incident.live()).ended).toBe(true);
    expect((await incident.alerts())[0]).toMatchObject({ state: 'processed', action: 'none' });
    expect(incident.tickets.all).toHaveLength(0);
  });

  it('settles what waits and ends as abandoned when it is cancelled', async () => {
    const incident = await anIncident(pool);
    incident.tickets.faults = [null, null, 'refused'];
    await incident.alert('open');
    await incident.live();
    await incident.cancel();
    expect(await incident.row()).toMatchObject({ phase: 'abandoned' });
    expect((await incident.alerts())[0]).toMatchObject({ state: 'skipped', settled: true });
  });
});

it('makes a refused ticket with the new board once the endpoint names another', async () => {
  const incident = await anIncident(pool, { board: 'Nowhere' });
  const endpointId = incident.key.split(':')[1];
  await pool.query(
    `insert into endpoint_version (endpoint_id, version, config, saved_by) select id, 1, config, 'ann' from endpoint where id = $1`,
    [endpointId],
  );
  incident.tickets.faults = [null, null, 'refused'];
  const webhookId = await incident.alert('open');
  await pool.query(
    `update webhook_text set plan = jsonb_set(jsonb_set(plan, '{alerts,0,ticket,board}', '"Nowhere"'), '{configVersion}', '1') where id = $1`,
    [webhookId],
  );
  await incident.live();
  expect((await incident.row())['phase']).toBe('blocked');
  await pool.query(
    `update endpoint set version = 2, config = jsonb_set(config, '{ticketing,board}', '"NOC"') where id = $1`,
    [endpointId],
  );
  await incident.live();
  expect(incident.tickets.all).toMatchObject([{ board: 'NOC' }]);
});
