import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '../../../admin/server/users/create.ts';
import { aBrowser, call } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';
import { codeOf } from './totp.ts';

let served: ServedAccess;
beforeAll(async () => {
  served = await serveAccess({ GUI_BASIC_AUTH: 'true' });
}, 120_000);
afterAll(() => served?.close());

const basic = (email: string, password: string) => `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
const ask = (authorization: string, address: string, method = 'GET', more: Record<string, string> = {}) =>
  call(served, method, '/api/v1/endpoints', method === 'GET' ? undefined : { name: 'Basic' }, {
    authorization,
    'x-forwarded-for': address,
    ...more,
  });
const FIRST = basic('First@example.com', 'first password');

describe('HTTP Basic', () => {
  it('opens REST where it is switched on, with the person’s own role', async () => {
    await served.world.run(createUser, {
      body: { email: 'looks@example.com', name: 'L', password: 'pass: with colon' },
    });
    const looks = basic('looks@example.com', 'pass: with colon');
    expect((await ask(looks, '192.0.2.1')).status).toBe(200);
    expect((await ask(looks, '192.0.2.1', 'POST')).status).toBe(403);
    const made = await ask(FIRST, '192.0.2.1', 'POST');
    expect(made.status).toBe(201);
    const audit = await served.world.context.pool.query('select actor from audit_entry where entity_id = $1', [
      made.json['id'],
    ]);
    expect(audit.rows).toEqual([{ actor: 'first@example.com' }]);
  });

  it('takes no change that a browser sends from another site', async () => {
    expect((await ask(FIRST, '192.0.2.2', 'POST', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(FIRST, '192.0.2.2', 'POST', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('X4: is refused for somebody with a second factor, who would otherwise go around it', async () => {
    await served.world.run(createUser, { body: { email: 'two@example.com', name: 'T', password: 'two factors' } });
    const browser = aBrowser(served);
    await browser.signIn('two@example.com', 'two factors');
    expect((await ask(basic('two@example.com', 'two factors'), '192.0.2.3')).status).toBe(200);
    const begun = await browser.ask('POST', '/api/auth/two-factor/enable', { password: 'two factors' });
    const code = codeOf(String(begun.json['totpURI']));
    expect((await browser.ask('POST', '/api/auth/two-factor/verify-totp', { code })).status).toBe(200);
    expect((await ask(basic('two@example.com', 'two factors'), '192.0.2.3')).status).toBe(403);
    expect((await ask(basic('two@example.com', 'wrong'), '192.0.2.3')).status).toBe(401);
  });

  it('takes five wrong passwords a minute of an address; good ones in between win no more tries', async () => {
    const wrong = () => ask(basic('first@example.com', 'wrong password'), '192.0.2.4');
    for (let count = 0; count < 5; count += 1) {
      expect((await ask(FIRST, '192.0.2.4')).status).toBe(200);
      expect((await wrong()).status).toBe(401);
    }
    expect((await ask(FIRST, '192.0.2.4')).status).toBe(401);
    expect((await ask(FIRST, '192.0.2.5')).status).toBe(200);
  });

  it('is no way in with nonsense', async () => {
    for (const header of ['Basic', 'Basic !!', 'Basic Og==', basic('nobody@example.com', 'x'), basic('a\0b', 'x')])
      expect((await ask(header, '192.0.2.6')).status).toBe(401);
  });
});

it('X4: HTTP Basic opens nothing where it is not switched on', async () => {
  const { config } = served.world.context;
  Object.assign(served.world.context, { config: { ...config, GUI_BASIC_AUTH: false } });
  expect((await ask(FIRST, '192.0.2.7')).status).toBe(401);
  Object.assign(served.world.context, { config });
});
