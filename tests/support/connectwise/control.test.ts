import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { at, createCaller, idIn } from './raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from './simulator.ts';

let sim: ConnectwiseSimulator;
let call: ReturnType<typeof createCaller>;
const patiently = { timeout: 10_000, interval: 10 };
const post = (change = {}) =>
  call('POST', '/service/tickets', { summary: 'x', company: { identifier: 'ACME' }, ...change });

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${sim.controlUrl}/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.ok ? answer.json() : answer.status;
}

beforeAll(async () => {
  sim = await startConnectwiseSimulator({ controlPort: 0 });
  call = createCaller(sim);
});
afterEach(async () => {
  await sim.up();
  sim.reset();
});
afterAll(() => sim.stop());

describe('the control API', () => {
  it('answers what the simulator holds and what reached it', async () => {
    const id = idIn(await post({ externalXRef: 'hw:1', initialDescription: 'marker-7 seen' }));
    await post({ summary: '' });
    const record = await control('GET', 'record');
    expect(record).toMatchObject({
      counts: { requests: 2, posts: 2, tickets: 1, open: 1, notes: 1, byStatus: { 201: 1, 400: 1 } },
      tickets: [
        { id, externalXRef: 'hw:1', status: 'New', notes: [{ text: 'marker-7 seen', detailDescriptionFlag: true }] },
      ],
      ticketsByKey: { 'hw:1': [id] },
      doubledKeys: [],
    });
    expect(
      Object.values(at(record, 'perMinute') as Record<string, number>).reduce((sum, count) => sum + count, 0),
    ).toBe(2);
    expect(await control('GET', 'counts')).toMatchObject({ peakPerMinute: 2, peakInFlight: 1, inFlight: 0 });
    expect(await control('GET', 'requests')).toMatchObject([
      { method: 'POST', path: '/service/tickets', status: 201, outcome: 'answered' },
      { status: 400 },
    ]);
    expect(sim.record.notesWith('marker-7')).toMatchObject([{ ticketId: id }]);
    expect(sim.record.notesWith('marker-7', id + 1)).toEqual([]);
    await control('POST', 'reset');
    expect(await control('GET', 'counts')).toMatchObject({ requests: 0, tickets: 0 });
  });

  it('acts as a person, whose name the record then bears', async () => {
    const id = idIn(await post({ board: { name: 'Service Board' } }));
    const other = idIn(await post());
    await control('POST', `tickets/${id}`, { by: 'asmith', summary: 'renamed', note: 'on it', status: 'In Progress' });
    expect((await call('GET', `/service/tickets/${id}`)).body).toMatchObject({
      summary: 'renamed',
      status: { name: 'In Progress' },
      _info: { updatedBy: 'asmith', enteredBy: 'HookWiseAPI' },
    });
    expect(await control('POST', `tickets/${id}`, { close: true })).toMatchObject({
      closedFlag: true,
      updatedBy: 'jdoe',
    });
    expect(await control('POST', `tickets/${id}`, { reopen: true })).toMatchObject({
      status: 'New',
      closedFlag: false,
    });
    expect(await control('POST', `tickets/${id}`, { mergeInto: other })).toMatchObject({
      mergedInto: other,
      closedFlag: true,
    });
    expect(await control('POST', `tickets/${other}`, { delete: true })).toMatchObject({
      deletedAt: expect.any(String),
    });
    expect((await call('GET', `/service/tickets/${other}`)).status).toBe(404);
    expect(await control('POST', 'tickets/1', { close: true })).toBe(404);
    expect(await control('POST', `tickets/${id}`, { status: 'Nope' })).toBe(400);
  });

  it('is not asked for rights when it acts as a person', async () => {
    const id = idIn(await post());
    sim.faults.set({
      role: { closeServiceTickets: { edit: false } },
      customFieldsOpRequired: true,
      typeRequiredToClose: true,
    });
    expect(await control('POST', `tickets/${id}`, { close: true })).toMatchObject({ closedFlag: true });
  });

  it('sets and clears faults and says how often they struck', async () => {
    await control('POST', 'faults', {
      modes: { listLagSeconds: 9 },
      add: [{ id: 'lost', on: 'createTicket', kind: 'drop-after-commit', times: 1 }],
    });
    await expect(post()).rejects.toThrow();
    expect(await control('GET', 'faults')).toMatchObject({
      modes: { listLagSeconds: 9 },
      rules: [{ id: 'lost', fired: 1 }],
    });
    expect(await control('POST', 'faults', { remove: ['lost'] })).toMatchObject({ rules: [] });
    expect(await control('POST', 'faults', { reset: true })).toMatchObject({ modes: { listLagSeconds: 0 } });
    expect(await control('POST', 'faults', { modes: { nonsense: 1 } })).toBe(400);
  });

  it('adds companies and boards', async () => {
    await control('POST', 'catalog', { companies: [{ identifier: 'NEWCO' }], boards: [{ name: 'Fresh' }] });
    const made = await post({ company: { identifier: 'NEWCO' }, board: { name: 'Fresh' } });
    expect(made).toMatchObject({ status: 201, body: { status: { name: 'New' } } });
    expect(await control('GET', 'nothing')).toBe(404);
  });

  it('goes down by page, by reset connections or by refusing them, and comes back', async () => {
    await control('POST', 'down', { mode: 'maintenance' });
    expect((await post()).status).toBe(503);
    await control('POST', 'down', { mode: 'reset' });
    await expect(post()).rejects.toThrow();
    await control('POST', 'up');
    expect((await post()).status).toBe(201);
    await control('POST', 'down', { mode: 'refuse' });
    await expect(post()).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await control('POST', 'up');
    expect((await post()).status).toBe(201);
    await control('POST', 'down', { mode: 'refuse', forMs: 30 });
    await expect
      .poll(
        () =>
          post().then(
            ({ status }) => status,
            () => 'refused',
          ),
        patiently,
      )
      .toBe(201);
  });
});
