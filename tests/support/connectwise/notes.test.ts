import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { at, createCaller, idIn } from './raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from './simulator.ts';

let sim: ConnectwiseSimulator;
let call: ReturnType<typeof createCaller>;
let id: number;

const good = { summary: 'Disk full', company: { identifier: 'ACME' }, board: { name: 'Service Board' } };
const make = async (change = {}) => idIn(await call('POST', '/service/tickets', { ...good, ...change }));
const note = (body: unknown, ticket = id) => call('POST', `/service/tickets/${ticket}/notes`, body);

beforeAll(async () => {
  sim = await startConnectwiseSimulator();
  call = createCaller(sim);
});
beforeEach(async () => {
  sim.reset();
  id = await make();
});
afterAll(() => sim.stop());

describe('notes', () => {
  it('stores the flags as given, several at once too, with author and instant', async () => {
    const made = await note({ text: 'both', internalAnalysisFlag: true, resolutionFlag: true });
    expect(made).toMatchObject({
      status: 201,
      body: {
        ticketId: id,
        text: 'both',
        detailDescriptionFlag: false,
        internalAnalysisFlag: true,
        resolutionFlag: true,
        createdBy: 'HookWiseAPI',
        dateCreated: expect.stringMatching(/Z$/),
      },
    });
    expect((await note({ text: 'x', internalAnalysisFlag: true, member: { identifier: 'jdoe' } })).body).toMatchObject({
      createdBy: 'jdoe',
    });
  });

  it.each([
    ['no flag', { text: 'x' }],
    ['only false flags', { text: 'x', detailDescriptionFlag: false }],
    ['no text', { internalAnalysisFlag: true }],
    ['a blank text', { text: ' ', internalAnalysisFlag: true }],
    ['a flag that is a text', { text: 'x', internalAnalysisFlag: 'true' }],
    ['an unknown member', { text: 'x', internalAnalysisFlag: true, member: { identifier: 'nobody' } }],
  ])('refuses %s', async (_, body) => {
    const refused = await note(body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'InvalidObject' } });
    expect(sim.record.ticket(id)?.notes).toEqual([]);
  });

  it('says that a place must be chosen', async () => {
    expect(at((await note({ text: 'x' })).body, 'errors', 0, 'message')).toMatch(
      /^Please choose where to display the notes/,
    );
  });

  it('lists, counts, filters by flag, and orders newest first', async () => {
    for (const text of ['one', 'two', 'three'])
      await note({ text, internalAnalysisFlag: text !== 'two', resolutionFlag: text === 'two' });
    const path = `/service/tickets/${id}/notes`;
    const texts = ((await call('GET', `${path}?orderBy=id desc&fields=text`)).body as { text: string }[]).map(
      ({ text }) => text,
    );
    expect(texts).toEqual(['three', 'two', 'one']);
    expect((await call('GET', `${path}/count?conditions=resolutionFlag=true`)).body).toEqual({ count: 1 });
    expect((await call('GET', `${path}?conditions=${encodeURIComponent('noteType = "TicketNote"')}`)).status).toBe(400);
    expect((await call('GET', '/service/tickets/1/notes')).status).toBe(404);
  });

  it('reads, patches, replaces and deletes one', async () => {
    const path = `/service/tickets/${id}/notes/${idIn(await note({ text: 'x', internalAnalysisFlag: true }))}`;
    expect((await call('PATCH', path, [{ op: 'replace', path: 'text', value: 'y' }])).body).toMatchObject({
      text: 'y',
    });
    expect((await call('PATCH', path, [{ op: 'replace', path: 'internalAnalysisFlag', value: false }])).status).toBe(
      400,
    );
    expect((await call('PATCH', path, [{ op: 'replace', path: 'ticketId', value: 1 }])).status).toBe(400);
    expect((await call('PUT', path, { text: 'z', resolutionFlag: true })).body).toMatchObject({
      text: 'z',
      internalAnalysisFlag: false,
    });
    expect((await call('GET', path)).body).toMatchObject({ text: 'z' });
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
  });
});

describe('joining tickets', () => {
  const closed = { name: 'Closed' };

  it('merges children into a parent, gives them the status, and shows their notes there', async () => {
    const child = await make();
    await note({ text: 'of the child', internalAnalysisFlag: true }, child);
    const merged = await call('POST', `/service/tickets/${id}/merge`, { mergeTicketIds: [child], status: closed });
    expect(merged).toMatchObject({ status: 200, body: { success: true } });
    expect((await call('GET', `/service/tickets/${child}`)).body).toMatchObject({
      mergedParentTicket: { id },
      closedFlag: true,
    });
    expect((await call('GET', `/service/tickets/${id}`)).body).toMatchObject({ hasMergedChildTicketFlag: true });
    expect((await call('GET', `/service/tickets/${id}/notes`)).body).toEqual([]);
    expect((await call('GET', `/service/tickets/${id}/allNotes`)).body).toMatchObject([
      { text: 'of the child', mergedFlag: true },
    ]);
    sim.faults.set({ mergedTicketWrites: 'refuse' });
    expect((await note({ text: 'late', internalAnalysisFlag: true }, child)).status).toBe(400);
  });

  it.each([
    ['no ids', () => ({ status: closed })],
    ['no status', (child: number) => ({ mergeTicketIds: [child] })],
    ['a ticket that is not there', () => ({ mergeTicketIds: [1], status: closed })],
    ['a status of another board', (child: number) => ({ mergeTicketIds: [child], status: { name: 'Waiting (NOC)' } })],
  ])('refuses a merge with %s', async (_, body) => {
    const child = await make();
    expect((await call('POST', `/service/tickets/${id}/merge`, body(child))).status).toBe(400);
    expect(sim.record.ticket(child)?.mergedInto).toBeNull();
  });

  it('never merges a ticket into itself', async () => {
    expect((await call('POST', `/service/tickets/${id}/merge`, { mergeTicketIds: [id], status: closed })).status).toBe(
      400,
    );
  });

  it('bundles children, by attachChildren or on create', async () => {
    const child = await make();
    expect((await call('POST', `/service/tickets/${id}/attachChildren`, { childTicketIds: [child] })).status).toBe(200);
    expect((await call('GET', `/service/tickets/${child}`)).body).toMatchObject({
      parentTicketId: id,
      closedFlag: false,
    });
    const second = await make({ parentTicketId: child });
    expect((await call('GET', `/service/tickets/${second}`)).body).toMatchObject({ parentTicketId: child });
    expect((await call('GET', `/service/tickets/${child}`)).body).toMatchObject({ hasChildTicket: true });
    expect((await call('POST', '/service/tickets', { ...good, parentTicketId: 1 })).status).toBe(400);
  });
});

describe('configurations and documents', () => {
  it('attaches by id or device, once, and detaches', async () => {
    const path = `/service/tickets/${id}/configurations`;
    expect(at((await call('POST', path, {})).body, 'errors', 0)).toMatchObject({
      code: 'MissingRequiredField',
      message: 'id or deviceIdentifier is required.',
    });
    expect((await call('POST', path, { id: 501 })).status).toBe(201);
    expect((await call('POST', path, { id: 501 })).status).toBe(400);
    expect((await call('POST', path, { id: 1 })).status).toBe(400);
    expect((await call('POST', path, { deviceIdentifier: 'device-2' })).status).toBe(201);
    expect((await call('GET', path)).body).toEqual([
      { id: 501, deviceIdentifier: 'device-1' },
      { id: 502, deviceIdentifier: 'device-2' },
    ]);
    sim.faults.set({ bareConfigurations: true });
    expect((await call('GET', path)).body).toEqual([{ id: 501 }, { id: 502 }]);
    expect((await call('DELETE', `${path}/501`)).status).toBe(204);
    expect((await call('DELETE', `${path}/501`)).status).toBe(404);
  });

  it('takes a document as multipart only', async () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ recordType: 'Ticket', recordId: String(id), title: 'payload' }))
      form.set(name, value);
    form.set('file', new Blob(['{}'], { type: 'application/json' }), 'payload.json');
    const encoded = new Response(form);
    const type = encoded.headers.get('content-type');
    const made = await call('POST', '/system/documents', await encoded.text(), { 'content-type': type });
    expect(made).toMatchObject({ status: 201, body: { title: 'payload', recordId: id } });
  });
});
