import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentSignature } from './callback-delivery.ts';
import { at, createCaller, idIn } from './raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from './simulator.ts';

type Received = { url: string; headers: IncomingHttpHeaders; raw: string; body: unknown };

let sim: ConnectwiseSimulator;
let call: ReturnType<typeof createCaller>;
let receiver: Server;
let received: Received[];
let answers: number[];
let url: string;

const register = (change = {}) =>
  call('POST', '/system/callbacks', { url, objectId: 0, type: 'ticket', level: 'owner', ...change });
const post = (change = {}) =>
  call('POST', '/service/tickets', { summary: 'x', company: { identifier: 'ACME' }, ...change });
const arrived = (count: number) => expect.poll(() => received.length, { timeout: 10_000, interval: 5 }).toBe(count);

beforeAll(async () => {
  sim = await startConnectwiseSimulator({ callbackRetryMs: [10, 20], callbackTimeoutMs: 500 });
  call = createCaller(sim);
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      received.push({ url: request.url ?? '', headers: request.headers, raw, body: JSON.parse(raw) });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/callback?recordId=`;
});
beforeEach(() => {
  received = [];
  answers = [];
});
afterEach(async () => {
  await sim.callbacks.settled();
  sim.reset();
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await sim.stop();
});

describe('registering', () => {
  it('takes objectId 0 as 1 and refuses the same entry twice with 400 ObjectExists', async () => {
    expect(await register()).toMatchObject({ status: 201, body: { objectId: 1, inactiveFlag: false } });
    const again = await register();
    expect([again.status, at(again.body, 'errors', 0, 'code')]).toEqual([400, 'ObjectExists']);
    expect((await register({ level: 'board', objectId: 27 })).status).toBe(201);
    const list = await call('GET', `/system/callbacks?conditions=${encodeURIComponent('url contains "/callback"')}`);
    expect(list.body).toHaveLength(2);
  });

  it.each([
    ['url', { url: 'not a url' }],
    ['url', { url: undefined }],
    ['level', { level: 'galaxy' }],
    ['description', { description: 'x'.repeat(101) }],
  ])('refuses a bad %s', async (field, change) => {
    const refused = await register(change);
    expect([refused.status, at(refused.body, 'errors', 0, 'field')]).toEqual([400, field]);
  });

  it('reads and deletes', async () => {
    const id = idIn(await register());
    expect((await call('GET', `/system/callbacks/${id}`)).body).toMatchObject({ url });
    expect((await call('DELETE', `/system/callbacks/${id}`)).status).toBe(204);
    expect((await call('GET', `/system/callbacks/${id}`)).status).toBe(404);
  });
});

describe('delivery', () => {
  it('appends the record id, sends the record as text and signs the raw bytes', async () => {
    await register();
    const id = idIn(await post());
    await arrived(1);
    const [got] = received;
    expect(got?.url).toBe(`/callback?recordId=${id}&action=added`);
    expect(got?.body).toMatchObject({ Action: 'added', Type: 'ticket', ID: id, CompanyId: 'hookwise' });
    expect(JSON.parse(String(at(got?.body, 'Entity')))).toMatchObject({ id, summary: 'x' });
    const key = await (await fetch(String(at(got?.body, 'Metadata', 'key_url')))).json();
    expect(got?.headers['x-content-signature']).toBe(contentSignature(got?.raw ?? '', String(at(key, 'signing_key'))));
  });

  it('tells of changes by people and of deletion, which carries no record', async () => {
    const id = idIn(await post());
    await register({ level: 'ticket', objectId: id });
    sim.person(id, { close: true, by: 'asmith' });
    await arrived(1);
    sim.person(id, { delete: true });
    await arrived(2);
    expect(received.map(({ body }) => [at(body, 'Action'), at(body, 'MemberId')])).toEqual([
      ['updated', 'asmith'],
      ['deleted', 'jdoe'],
    ]);
    expect(at(received[1]?.body, 'Entity')).toBeNull();
  });

  it('keeps to its level, to others than ourselves, and quiet where skipCallback asks', async () => {
    await register({ level: 'board', objectId: 1 });
    await register({ level: 'owner', isSelfSuppressedFlag: true });
    const id = idIn(await post());
    sim.person(id, { note: 'by a person' });
    await arrived(1);
    expect(received.map(({ body }) => at(body, 'MemberId'))).toEqual(['jdoe']);
    await register({ url: `${url}&other=` });
    await post({ skipCallback: true });
    await sim.callbacks.settled();
    expect(received).toHaveLength(1);
  });

  it('tries twice more after 404, 409, 419 and 429, and never after 500', async () => {
    await register();
    answers = [404, 429, 200];
    await post();
    await arrived(3);
    answers = [500];
    await post();
    await arrived(4);
    await sim.callbacks.settled();
    expect(sim.callbacks.deliveries().map(({ statuses }) => statuses)).toEqual([[404, 429, 200], [500]]);
  });

  it('disables a callback that failed for three days', async () => {
    const id = idIn(await register());
    for (const wait of [0, 1, 2.5]) {
      sim.advance(wait * 24 * 3600 * 1000);
      answers = [500];
      await post();
      await sim.callbacks.settled();
    }
    expect((await call('GET', `/system/callbacks/${id}`)).body).toMatchObject({ inactiveFlag: true });
  });

  it.each([
    ['drop', 0],
    ['duplicate', 2],
  ] as const)('%s delivers %i copies', async (callbackDelivery, copies) => {
    await register();
    sim.faults.set({ callbackDelivery });
    await post();
    await sim.callbacks.settled();
    expect(received).toHaveLength(copies);
  });

  it('reorders two deliveries', async () => {
    await register();
    sim.faults.set({ callbackDelivery: 'reorder' });
    const [first, second] = [idIn(await post()), idIn(await post())];
    await sim.callbacks.settled();
    expect(sim.callbacks.deliveries().map(({ ticketId }) => ticketId)).toEqual([second, first]);
  });

  it('signs wrongly in that mode', async () => {
    await register();
    sim.faults.set({ callbackDelivery: 'bad-signature' });
    await post();
    await arrived(1);
    const key = await (await fetch(String(at(received[0]?.body, 'Metadata', 'key_url')))).json();
    expect(received[0]?.headers['x-content-signature']).not.toBe(
      contentSignature(received[0]?.raw ?? '', String(at(key, 'signing_key'))),
    );
  });
});
