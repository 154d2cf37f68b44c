import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerConnection } from '../../../activities/tickets/register-connection.ts';
import { readCallbackState } from '../../../infra/database/psa-watch-store.ts';
import { contentSignature } from '../../support/connectwise/callback-delivery.ts';
import { createCaller, idIn } from '../../support/connectwise/raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from '../../support/connectwise/simulator.ts';
import { anIncident, type IncidentBench } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { startTestIngress, type TestIngress } from '../support/test-ingress.ts';

let database: TestDatabase;
let simulator: ConnectwiseSimulator;
let ingress: TestIngress;
let elsewhere: Server;
let askedElsewhere = 0;
let incident: IncidentBench;
let ticketId: string;
let path: string;

const KEY = 'a key of somebody else';
const call = () => createCaller(simulator);

beforeAll(async () => {
  [database, simulator] = await Promise.all([
    testDatabase(),
    startConnectwiseSimulator({ callbackRetryMs: [10, 20], callbackTimeoutMs: 5_000 }),
  ]);
  const { company, publicKey, privateKey, clientId } = simulator.credentials;
  ingress = await startTestIngress(database.url, {
    CW_URL: simulator.url,
    CW_COMPANY: company,
    CW_PUBLIC_KEY: publicKey,
    CW_PRIVATE_KEY: privateKey,
    CW_CLIENT_ID: clientId,
  });
  path = `${ingress.url}/psa/callbacks`;
  await registerConnection(ingress.pool, { name: 'connectwise', kind: 'connectwise' });
  elsewhere = createServer((_, response) => {
    askedElsewhere += 1;
    response.end(JSON.stringify({ signing_key: KEY }));
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(async () => {
  elsewhere?.close();
  await ingress?.stop();
  await simulator?.stop();
  await database?.drop();
});

beforeEach(async () => {
  incident = await anIncident(ingress.pool);
  await call()('POST', '/system/callbacks', { url: `${path}?recordId=`, objectId: 1, type: 'ticket', level: 'owner' });
  ticketId = String(
    idIn(
      await call()('POST', '/service/tickets', { summary: 'x', company: { identifier: 'ACME' }, skipCallback: true }),
    ),
  );
  await ingress.pool.query(
    `update incident set connection = 'connectwise', ticket_id = $1, phase = 'open' where key = $2`,
    [ticketId, incident.key],
  );
});
afterEach(async () => {
  await simulator.callbacks.settled();
  simulator.reset();
});

const counted = async (result: string): Promise<number> => {
  const text = await (await fetch(`${ingress.url}/metrics`)).text();
  return Number(new RegExp(`hookwise_psa_callbacks_total\\{result="${result}"\\} (\\d+)`).exec(text)?.[1] ?? NaN);
};
const statuses = () => simulator.callbacks.deliveries().map((delivery) => delivery.statuses);
const look = async () => {
  const row = await incident.row();
  return { isAsked: row['look_at'] !== null, bell: row['bell'] };
};

const aBody = (change: Record<string, unknown> = {}, keyUrl?: string): string =>
  JSON.stringify({
    Action: 'updated',
    Type: 'ticket',
    ID: Number(ticketId),
    CompanyId: simulator.credentials.company,
    Entity: '{}',
    Metadata: {
      key_url:
        keyUrl ??
        `${simulator.origin}/v4_6_release//system/callbackkey/index.rails?companyName=${simulator.credentials.company}&id=none`,
    },
    ...change,
  });
const send = (body: string, headers: Record<string, string> = {}) =>
  fetch(path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-content-signature': contentSignature(body, KEY), ...headers },
  });

describe('a callback of ConnectWise', () => {
  it('has the incident of a changed and of a deleted ticket read it, and is told so at once', async () => {
    const before = await counted('hinted');
    simulator.person(Number(ticketId), { note: 'somebody was here' });
    await simulator.callbacks.settled();
    expect(statuses()).toEqual([[200]]);
    expect(await look()).toEqual({ isAsked: true, bell: true });
    simulator.person(Number(ticketId), { delete: true });
    await simulator.callbacks.settled();
    expect(statuses()).toEqual([[200], [200]]);
    expect(await counted('hinted')).toBe(before + 2);
    expect(await readCallbackState(ingress.pool, 'connectwise')).toMatchObject({ hintedAt: expect.any(Date) });
  });

  it('of 100 tickets at once is kept for each', async () => {
    const bodies = Array.from({ length: 100 }, () => simulator.person(Number(ticketId), { note: 'x' }));
    await simulator.callbacks.settled();
    expect(statuses()).toEqual(bodies.map(() => [200]));
    expect(await look()).toEqual({ isAsked: true, bell: true });
  });

  it('of a ticket that is none of ours is ignored with a reason, and so is a new one', async () => {
    const before = [await counted('unknown-ticket'), await counted('not-of-interest')];
    const other = idIn(await call()('POST', '/service/tickets', { summary: 'y', company: { identifier: 'ACME' } }));
    simulator.person(other, { close: true });
    await simulator.callbacks.settled();
    expect(statuses()).toEqual([[200], [200]]);
    expect([await counted('unknown-ticket'), await counted('not-of-interest')]).toEqual(
      before.map((count) => count + 1),
    );
    expect(await look()).toEqual({ isAsked: false, bell: false });
  });

  it('with a false signature is refused, counted and harmless', async () => {
    const before = await counted('false-signature');
    simulator.faults.set({ callbackDelivery: 'bad-signature' });
    simulator.person(Number(ticketId), { close: true });
    await simulator.callbacks.settled();
    expect(statuses()).toEqual([[401]]);
    expect(await counted('false-signature')).toBe(before + 1);
    expect(await look()).toEqual({ isAsked: false, bell: false });
  });

  it('whose key address is elsewhere is refused and that address is never asked', async () => {
    const { port } = elsewhere.address() as AddressInfo;
    const company = simulator.credentials.company;
    const page = `/v4_6_release//system/callbackkey/index.rails?companyName=${company}&id=1`;
    const addresses = [
      `http://127.0.0.1:${port}${page}`,
      `${simulator.origin.replace('http://', 'https://')}${page}`,
      `http://user@${new URL(simulator.origin).host}${page}`,
      `${simulator.origin}/v4_6_release/apis/3.0/service/tickets?companyName=${company}`,
      `${simulator.origin}/v4_6_release//system/callbackkey/index.rails?companyName=another&id=1`,
      `${simulator.origin}/v4_6_release//system/callbackkey/index.rails?id=1`,
      'file:///etc/passwd',
      'nonsense',
    ];
    const before = await counted('foreign-key-address');
    for (const address of addresses) {
      const answer = await send(aBody({}, address));
      expect([answer.status, await answer.json()], address).toMatchObject([
        403,
        { status: 'error', message: 'key_url is not one of the configured ConnectWise' },
      ]);
    }
    expect(await counted('foreign-key-address')).toBe(before + addresses.length);
    expect(askedElsewhere).toBe(0);
    expect(await look()).toEqual({ isAsked: false, bell: false });
  });

  it.each([
    ['without a signature', 401, () => send(aBody(), { 'x-content-signature': '' })],
    ['with a signature that can be none', 401, () => send(aBody(), { 'x-content-signature': 'abc' })],
    ['that is no JSON', 400, () => send('{"')],
    ['that is an empty list', 400, () => send('[]')],
    ['whose ticket is no number', 400, () => send(aBody({ ID: "1' or 1=1" }))],
    ['of another company', 403, () => send(aBody({ CompanyId: 'another' }))],
    ['that is far too large', 413, () => send(aBody({ Entity: 'x'.repeat(2 * 1024 * 1024) }))],
    ['by another method', 405, () => fetch(path)],
  ])('%s is refused with %i', async (_, status, ask) => {
    const answer = await ask();
    expect([answer.status, await answer.json()]).toMatchObject([
      status,
      { status: 'error', message: expect.any(String) },
    ]);
    expect(await look()).toEqual({ isAsked: false, bell: false });
  });

  it('whose key cannot be read now is answered so that ConnectWise tries again', async () => {
    const answer = await send(aBody());
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '5']);
    expect(await look()).toEqual({ isAsked: false, bell: false });
  });

  it('that fails again and again is told so instead, and good ones still pass', async () => {
    const before = await counted('too-many-attempts');
    const answers = await Promise.all(Array.from({ length: 260 }, () => send(aBody({ CompanyId: 'another' }))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403, 429]));
    expect(await counted('too-many-attempts')).toBeGreaterThan(before);
    simulator.person(Number(ticketId), { close: true });
    await simulator.callbacks.settled();
    expect(statuses()).toEqual([[200]]);
  });
});
