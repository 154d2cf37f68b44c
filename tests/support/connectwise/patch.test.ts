import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, createCaller, idIn } from './raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from './simulator.ts';

let sim: ConnectwiseSimulator;
let call: ReturnType<typeof createCaller>;
let id: number;

const patch = (...operations: unknown[]) => call('PATCH', `/service/tickets/${id}`, operations);
const replace = (path: string, value: unknown) => ({ op: 'replace', path, value });
const statusId = (board: string, name: string) =>
  sim.catalog.statuses.find((status) => status.board.name === board && status.name === name)?.id ?? 0;
const stored = () => sim.record.ticket(id);

beforeAll(async () => {
  sim = await startConnectwiseSimulator();
  call = createCaller(sim);
});
beforeEach(async () => {
  sim.reset();
  id = idIn(
    await call('POST', '/service/tickets', {
      summary: 'Disk full',
      company: { identifier: 'ACME' },
      board: { name: 'Service Board' },
    }),
  );
});
afterAll(() => sim.stop());

describe('PATCH', () => {
  it.each(['summary', '/summary'])('takes the path %s and answers 200 with the whole record', async (path) => {
    expect(await patch(replace(path, 'New words'))).toMatchObject({
      status: 200,
      body: { id, summary: 'New words', status: { name: 'New' } },
    });
  });

  it.each([
    ['an object instead of an array', { op: 'replace', path: 'summary', value: 'x' }],
    ['an unknown operation', [{ op: 'test', path: 'summary', value: 'x' }]],
    ['no path', [{ op: 'replace', value: 'x' }]],
    ['another case', [replace('Summary', 'x')]],
    ['an unknown path', [replace('nope', 'x')]],
    ['two slashes', [replace('//summary', 'x')]],
    ['a field of the create only', [replace('initialDescription', 'x')]],
    ['the id', [replace('id', 5)]],
    ['_info', [replace('_info', {})]],
    ['a summary of 101', [replace('summary', 'x'.repeat(101))]],
    ['a blank summary', [replace('summary', ' ')]],
    ['a removed status', [{ op: 'remove', path: 'status' }]],
    ['a status as text', [replace('status', 'Closed')]],
    ['a sub-path that no reference has', [replace('status/nope', 5)]],
    ['a sub-path of a text', [replace('summary/id', 5)]],
    ['one good and one bad operation', [replace('poNumber', 'kept?'), replace('nope', 1)]],
  ])('refuses %s with 400 and changes nothing', async (_, body) => {
    const before = (await call('GET', `/service/tickets/${id}`)).body;
    expect(await call('PATCH', `/service/tickets/${id}`, body)).toMatchObject({
      status: 400,
      body: { code: 'InvalidObject' },
    });
    expect((await call('GET', `/service/tickets/${id}`)).body).toEqual(before);
  });

  it('closes by a status whose closedStatus is true, and by nothing else', async () => {
    expect((await patch(replace('closedFlag', true))).body).toMatchObject({
      closedFlag: false,
      status: { name: 'New' },
    });
    expect((await patch(replace('status', { name: 'Closed (no flag)' }))).body).toMatchObject({ closedFlag: false });
    const closed = await patch(replace('status', { id: statusId('Service Board', 'Closed') }));
    expect(closed.body).toMatchObject({ closedFlag: true, closedBy: 'HookWiseAPI', status: { name: 'Closed' } });
    const reopened = await patch(replace('status', { name: 'In Progress' }));
    expect(reopened.body).toMatchObject({ closedFlag: false });
    expect(reopened.body).not.toHaveProperty('closedDate');
    expect(stored()?.statusChanges.map(({ to }) => to)).toEqual(['New', 'Closed (no flag)', 'Closed', 'In Progress']);
  });

  it('refuses a status of another board with the nested NotFound', async () => {
    const { status, body } = await patch(replace('status', { id: statusId('NOC', 'Closed') }));
    expect([status, at(body, 'code'), at(body, 'errors', 0, 'code')]).toEqual([400, 'InvalidObject', 'NotFound']);
  });

  it('wants the board changed first and the status in a second PATCH', async () => {
    const toNoc = replace('board', { name: 'NOC' });
    expect((await patch(toNoc, replace('status', { id: statusId('NOC', 'Closed') }))).status).toBe(400);
    expect((await patch(toNoc, replace('status', { id: statusId('Service Board', 'Closed') }))).status).toBe(400);
    expect((await patch(toNoc)).body).toMatchObject({ status: { id: statusId('NOC', 'New') } });
    expect((await patch(replace('status', { id: statusId('NOC', 'Closed') }))).body).toMatchObject({
      closedFlag: true,
    });
  });

  it('applies sub-paths, ignores them with 200, or refuses them, as the mode says', async () => {
    const close = replace('status/id', statusId('Service Board', 'Closed'));
    sim.faults.set({ subPathMode: 'refuse' });
    expect((await patch(close)).status).toBe(400);
    sim.faults.set({ subPathMode: 'false-200' });
    expect(await patch(close)).toMatchObject({ status: 200, body: { status: { name: 'New' } } });
    sim.faults.set({ subPathMode: 'apply' });
    expect(await patch(close)).toMatchObject({ status: 200, body: { status: { name: 'Closed' } } });
    expect((await patch(replace('/status/name', 'Triage'))).body).toMatchObject({ status: { name: 'Triage' } });
  });

  it('keeps the custom fields a PATCH leaves out, and asks for the operation where the tenant does', async () => {
    await patch(replace('customFields', [{ id: 1, caption: 'Ref', value: 'one' }]));
    const second = await patch(replace('customFields', [{ id: 2, caption: 'Alert Key', value: 'two' }]));
    expect(at(second.body, 'customFields')).toMatchObject([{ value: 'one' }, { value: 'two' }]);
    sim.faults.set({ customFieldsOpRequired: true });
    expect((await patch(replace('summary', 'x'))).status).toBe(400);
    expect((await patch(replace('summary', 'x'), replace('customFields', []))).status).toBe(200);
  });

  it('asks for type, subtype and item before a close where the board does', async () => {
    sim.faults.set({ typeRequiredToClose: true });
    const close = replace('status', { name: 'Closed' });
    const refused = await patch(close);
    expect([refused.status, at(refused.body, 'errors', 0, 'field')]).toEqual([400, 'type']);
    const kind = [
      replace('type', { name: 'Incident' }),
      replace('subType', { name: 'Server' }),
      replace('item', { name: 'Disk' }),
    ];
    expect((await patch(...kind)).status).toBe(200);
    expect((await patch(close)).status).toBe(200);
  });

  it('refuses a combination the board does not associate', async () => {
    expect((await patch(replace('subType', { name: 'Server' }))).status).toBe(400);
    expect((await patch(replace('type', { name: 'Incident' }), replace('subType', { name: 'Access' }))).status).toBe(
      400,
    );
  });

  it('stamps who changed it last and finds it under its new key', async () => {
    expect((await patch(replace('externalXRef', 'moved'))).body).toMatchObject({ _info: { updatedBy: 'HookWiseAPI' } });
    const list = await call(
      'GET',
      `/service/tickets?conditions=${encodeURIComponent('externalXRef="moved"')}&fields=id`,
    );
    expect(list.body).toEqual([{ id }]);
  });

  it('refuses writes to closed or merged tickets in those modes', async () => {
    sim.person(id, { close: true });
    expect((await patch(replace('summary', 'still writable'))).status).toBe(200);
    sim.faults.set({ closedTicketWrites: 'refuse' });
    expect((await patch(replace('summary', 'x'))).status).toBe(400);
    expect((await call('POST', `/service/tickets/${id}/notes`, { text: 'x', resolutionFlag: true })).status).toBe(400);
  });
});
