import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { at, basic, createCaller, idIn } from './raw-call.ts';
import { startConnectwiseSimulator, type ConnectwiseSimulator } from './simulator.ts';

let sim: ConnectwiseSimulator;
let call: ReturnType<typeof createCaller>;
const ticket = { summary: 'x', company: { identifier: 'ACME' } };

beforeAll(async () => {
  sim = await startConnectwiseSimulator();
  call = createCaller(sim);
});
afterEach(() => sim.reset());
afterAll(() => sim.stop());

describe('the front door', () => {
  it.each([
    ['no credentials', null],
    ['a wrong key', basic('hookwise+simPublicKey:wrong')],
    ['no company', basic('simPublicKey:simPrivateKey')],
    ['another scheme', 'Bearer abc'],
  ])('refuses %s with 401, or 404 as the cloud does', async (_, authorization) => {
    const refused = await call('GET', '/service/tickets', undefined, { authorization });
    expect([refused.status, at(refused.body, 'code')]).toEqual([401, 'Unauthorized']);
    sim.faults.set({ badKeysStatus: 404 });
    expect((await call('GET', '/service/tickets', undefined, { authorization })).status).toBe(404);
  });

  it.each([null, 'not-a-guid', '00000000-0000-0000-0000-000000000000'])('refuses the clientId %s', async (clientid) => {
    expect((await call('GET', '/service/tickets', undefined, { clientid })).status).toBe(403);
    sim.faults.set({ missingClientIdStatus: 401 });
    expect((await call('GET', '/service/tickets', undefined, { clientid })).status).toBe(401);
  });

  it('honours the pinned version and refuses what is no JSON', async () => {
    const type = async (accept: string) => {
      const answer = await call('GET', '/system/info', undefined, { accept });
      return [answer.status, answer.headers.get('content-type')];
    };
    expect(await type('application/vnd.connectwise.com+json; version=2022.1, application/json')).toEqual([
      200,
      'application/vnd.connectwise.com+json; version=2022.1; charset=utf-8',
    ]);
    expect(await type('application/json')).toEqual([200, 'application/json; charset=utf-8']);
    expect((await type('application/vnd.connectwise.com+json; version=latest'))[0]).toBe(406);
    expect((await type('text/html'))[0]).toBe(406);
  });

  it('tells unknown paths, methods and media types apart', async () => {
    expect(await call('GET', '/service/nothing')).toMatchObject({
      status: 404,
      body: { code: 'ConnectWiseApi', message: 'The endpoint does not exist.' },
    });
    expect((await call('GET', '/service/tickets/abc')).status).toBe(404);
    expect((await call('DELETE', '/service/tickets')).status).toBe(405);
    expect((await call('POST', '/service/tickets', ticket, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await call('POST', '/system/documents', ticket)).status).toBe(415);
    expect((await call('POST', '/service/tickets', '{"summary":')).status).toBe(400);
  });

  it('looks up the codebase without credentials and follows it in mid-run', async () => {
    const bare = async (path: string) => (await fetch(sim.origin + path)).json();
    expect(await bare('/login/companyinfo/hookwise')).toMatchObject({ Codebase: 'v2025_1/', IsCloud: 'True' });
    expect(await bare('/login/companyinfo/nobody')).toBeNull();
    const versioned = `${sim.origin}/v2025_1/apis/3.0/system/info`;
    expect((await call('GET', versioned)).status).toBe(200);
    sim.faults.set({ codebase: 'v2026_1' });
    expect((await call('GET', versioned)).status).toBe(404);
    expect((await call('GET', '/system/info')).status).toBe(200);
  });

  it('answers system/info without credentials only in that mode', async () => {
    const anonymous = () => call('GET', '/system/info', undefined, { authorization: null, clientid: null });
    expect((await anonymous()).status).toBe(401);
    sim.faults.set({ systemInfoNeedsAuth: false });
    expect((await anonymous()).status).toBe(200);
  });
});

describe('the security role', () => {
  it('separates closing from editing', async () => {
    sim.faults.set({ role: { closeServiceTickets: { edit: false } } });
    const id = idIn(await call('POST', '/service/tickets', ticket));
    const set = (name: string) =>
      call('PATCH', `/service/tickets/${id}`, [{ op: 'replace', path: 'status', value: { name } }]);
    expect((await set('In Progress')).status).toBe(200);
    expect(await set('Closed')).toMatchObject({ status: 403, body: { code: 'Security' } });
    expect((await set('Closed (no flag)')).status).toBe(200);
    expect(sim.record.ticket(id)?.closedFlag).toBe(false);
  });

  it('hides closed tickets from who may not inquire them', async () => {
    const id = idIn(await call('POST', '/service/tickets', ticket));
    sim.person(id, { close: true });
    sim.faults.set({ role: { closeServiceTickets: { inquire: false } } });
    expect((await call('GET', `/service/tickets/${id}`)).status).toBe(403);
    expect((await call('GET', '/service/tickets')).body).toEqual([]);
  });

  it.each([
    ['serviceTickets', 'add', 'POST', '/service/tickets', ticket],
    ['serviceTickets', 'inquire', 'GET', '/service/tickets', undefined],
    ['tableSetup', 'inquire', 'GET', '/service/boards', undefined],
    ['companies', 'inquire', 'GET', '/company/companies', undefined],
    ['system', 'add', 'POST', '/system/callbacks', {}],
  ] as const)('without %s %s refuses %s %s', async (module, right, method, path, body) => {
    sim.faults.set({ role: { [module]: { [right]: false } } });
    expect((await call(method, path, body)).status).toBe(403);
  });

  it('lets a member without table setup read the boards of service/info', async () => {
    sim.faults.set({ role: { tableSetup: { inquire: false } } });
    expect((await call('GET', '/service/info/boards')).status).toBe(200);
  });
});
