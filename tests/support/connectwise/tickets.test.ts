import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { at, createCaller, idIn } from './raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from './simulator.ts';

let sim: ConnectwiseSimulator;
let call: ReturnType<typeof createCaller>;

const post = (body: unknown) => call('POST', '/service/tickets', body);
const good = { summary: 'Disk full', company: { identifier: 'ACME' }, board: { name: 'Service Board' } };
const boardId = (name: string) => sim.catalog.boards.find((board) => board.name === name)?.id ?? 0;
const statusId = (board: string, name: string) =>
  sim.catalog.statuses.find((status) => status.board.name === board && status.name === name)?.id ?? 0;

beforeAll(async () => {
  sim = await startConnectwiseSimulator();
  call = createCaller(sim);
});
afterEach(() => sim.reset());
afterAll(() => sim.stop());

describe('creating a ticket', () => {
  it('answers 201 with the whole record, references expanded and defaults filled in', async () => {
    const { status, body } = await post({ ...good, externalXRef: 'hw:1' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      summary: 'Disk full',
      externalXRef: 'hw:1',
      recordType: 'ServiceTicket',
      board: { id: boardId('Service Board'), name: 'Service Board' },
      status: { id: statusId('Service Board', 'New'), name: 'New' },
      company: { identifier: 'ACME', name: 'Acme Limited' },
      priority: { name: 'Priority 3 - Normal' },
      severity: 'Medium',
      closedFlag: false,
      _info: { enteredBy: 'HookWiseAPI', dateEntered: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) },
    });
    expect(body).not.toHaveProperty('dateEntered');
    expect(at(body, 'board', '_info', 'board_href')).toMatch(/^https:\/\/na\.myconnectwise\.net\/v2025_1\/\/apis/);
  });

  it('never returns the initial texts; they are notes of their kind', async () => {
    const made = await post({
      ...good,
      initialDescription: 'seen',
      initialInternalAnalysis: 'why',
      initialResolution: 'how',
    });
    const id = idIn(made);
    expect(made.body).not.toHaveProperty('initialDescription');
    expect((await call('GET', `/service/tickets/${id}/notes`)).body).toMatchObject([
      { text: 'seen', detailDescriptionFlag: true, internalAnalysisFlag: false, resolutionFlag: false },
      { text: 'why', internalAnalysisFlag: true, detailDescriptionFlag: false },
      { text: 'how', resolutionFlag: true },
    ]);
  });

  it('makes as many tickets with one key as it is asked to', async () => {
    await post({ ...good, externalXRef: 'twice' });
    await post({ ...good, externalXRef: 'twice' });
    expect(sim.record.doubledKeys()).toEqual(['twice']);
    expect(sim.record.counts()).toMatchObject({ posts: 2, tickets: 2, keys: 1, doubledKeys: 1 });
  });

  it.each([
    ['no summary', { summary: undefined }, 'MissingRequiredField', 'summary'],
    ['a blank summary', { summary: '  ' }, 'MissingRequiredField', 'summary'],
    ['a summary of 101', { summary: 'x'.repeat(101) }, 'InvalidField', 'summary'],
    ['an externalXRef of 101', { externalXRef: 'x'.repeat(101) }, 'InvalidField', 'externalXRef'],
    ['an externalXRef that is a number', { externalXRef: 5 }, 'InvalidField', 'externalXRef'],
    ['no company', { company: undefined }, 'MissingRequiredField', 'company'],
    ['an unknown company', { company: { identifier: 'NOBODY' } }, 'NotFound', 'company'],
    ['a deleted company', { company: { identifier: 'GONE' } }, 'NotFound', 'company'],
    ['an unknown board', { board: { name: 'Nope' } }, 'NotFound', 'board'],
    ['a retired board', { board: { name: 'Retired Board' } }, 'NotFound', 'board'],
    ['a status of another board', { status: { name: 'Waiting (NOC)' } }, 'NotFound', 'status'],
    ['an inactive status', { status: { name: 'Old Closed' } }, 'NotFound', 'status'],
    ['an unknown type', { type: { name: 'Nope' } }, 'NotFound', 'type'],
    ['a subtype without its type', { subType: { name: 'Server' } }, 'NotFound', 'subType'],
    ['a subtype of another type', { type: { name: 'Request' }, subType: { name: 'Network' } }, 'NotFound', 'subType'],
    ['an unknown priority', { priority: { name: 'P9' } }, 'NotFound', 'priority'],
    ['a severity that is a reference', { severity: { name: 'High' } }, 'InvalidField', 'severity'],
    ['a severity of another case', { severity: 'high' }, 'InvalidField', 'severity'],
    ['fractional seconds', { requiredDate: '2026-01-01T00:00:00.000Z' }, 'UnsupportedFormat', 'requiredDate'],
    ['an unknown custom field', { customFields: [{ id: 99, value: 'x' }] }, 'InvalidField', 'customFields'],
    ['a tag of 51', { integratorTags: ['x'.repeat(51)] }, 'InvalidField', 'integratorTags'],
  ])('refuses %s and makes nothing', async (_, change, code, field) => {
    const { status, body } = await post({ ...good, ...change });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'InvalidObject', message: 'ticket object is invalid' });
    expect(at(body, 'errors')).toContainEqual(expect.objectContaining({ code, field, resource: 'ticket' }));
    expect(sim.record.counts().tickets).toBe(0);
  });

  it('says on which board the status was not found', async () => {
    const { body } = await post({ ...good, status: { id: statusId('NOC', 'New') } });
    expect(at(body, 'errors', 0, 'message')).toBe(
      `Service Status ${statusId('NOC', 'New')} not found for Service Board ${boardId('Service Board')}`,
    );
  });

  it('accepts a legal type, subtype and item, and ids instead of names', async () => {
    const { status, body } = await post({
      ...good,
      board: { id: boardId('NOC') },
      type: { name: 'Incident' },
      subType: { name: 'Server' },
      item: { name: 'Disk' },
    });
    expect([status, at(body, 'item', 'name')]).toEqual([201, 'Disk']);
  });

  it('counts a length in characters, or in UTF-16 units in that mode', async () => {
    const summary = '🔥'.repeat(60);
    expect((await post({ ...good, summary })).status).toBe(201);
    sim.faults.set({ lengthUnit: 'utf16' });
    expect((await post({ ...good, summary })).status).toBe(400);
  });

  it('takes a ticket without company where the tenant does not ask for one, and the default board', async () => {
    sim.faults.set({ companyRequired: false });
    expect(await post({ summary: 'bare' })).toMatchObject({ status: 201, body: { board: { name: 'Service Board' } } });
  });

  it('ignores unknown and read-only fields', async () => {
    const { status, body } = await post({ ...good, id: 5, closedFlag: true, nonsense: 1 });
    expect([status, at(body, 'closedFlag'), idIn({ body }) > 1000]).toEqual([201, false, true]);
    expect(body).not.toHaveProperty('nonsense');
  });
});

describe('reading, replacing and deleting', () => {
  it('answers 404 without errors for a ticket that is not there or was deleted', async () => {
    expect(await call('GET', '/service/tickets/1')).toMatchObject({
      status: 404,
      body: { code: 'NotFound', message: 'Ticket 1 not found' },
    });
    const id = idIn(await post(good));
    expect((await call('DELETE', `/service/tickets/${id}`)).status).toBe(204);
    const gone = await call('GET', `/service/tickets/${id}`);
    expect([gone.status, Object.keys(gone.body as object)]).toEqual([404, ['code', 'message']]);
    expect((await call('GET', '/service/tickets')).body).toEqual([]);
    expect(sim.record.ticket(id)?.deletedAt).not.toBeNull();
  });

  it('resets by PUT whatever it does not name', async () => {
    const id = idIn(await post({ ...good, externalXRef: 'lost', status: { name: 'Triage' } }));
    expect((await call('PUT', `/service/tickets/${id}`, good)).status).toBe(400);
    const { body } = await call('PUT', `/service/tickets/${id}`, { ...good, severity: 'Low', impact: 'Low' });
    expect(body).toMatchObject({ id, status: { name: 'New' } });
    expect(body).not.toHaveProperty('externalXRef');
  });

  it('converts a service ticket to a project ticket', async () => {
    const id = idIn(await post(good));
    expect((await call('POST', `/service/tickets/${id}/convert`, {})).body).toMatchObject({
      recordType: 'ProjectTicket',
    });
  });
});
