import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '../../../admin/server/users/create.ts';
import { deleteUser } from '../../../admin/server/users/delete.ts';
import { resetPassword } from '../../../admin/server/users/reset-password.ts';
import { aBrowser, type Browser } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';

const PASSWORD = 'a long password';
let served: ServedAccess;
beforeAll(async () => {
  served = await serveAccess();
}, 120_000);
afterAll(() => served?.close());

/** Somebody signed in, with a passkey as better-auth keeps one; browsers make real ones in the tests of the pages. */
async function aPerson(): Promise<{ id: string; passkey: string; browser: Browser }> {
  const email = `${randomUUID()}@example.com`;
  const { id } = await served.world.run(createUser, { body: { email, name: 'P', password: PASSWORD } });
  const browser = aBrowser(served);
  expect((await browser.signIn(email, PASSWORD)).status).toBe(200);
  const passkey = randomUUID();
  await served.world.context.pool.query(
    `insert into auth.passkey (id, name, "publicKey", "userId", "credentialID", counter, "deviceType", "backedUp", "createdAt")
     values ($1, 'Laptop', 'a public key', $2, $1, 0, 'multiDevice', true, now())`,
    [passkey, id],
  );
  return { id, passkey, browser };
}

const keptOf = async (id: string) =>
  (await served.world.context.pool.query('select 1 from auth.passkey where "userId" = $1', [id])).rowCount;

describe('passkeys', () => {
  it('are listed, renamed and taken away by their person, with an audit row each and no key in any answer', async () => {
    const { id, passkey, browser } = await aPerson();
    const listed = await browser.ask('GET', '/api/v1/users/me/passkeys');
    expect(listed.json['items']).toMatchObject([{ id: passkey, name: 'Laptop', isSynced: true }]);
    expect(listed.text).not.toContain('a public key');
    expect((await browser.ask('GET', '/api/v1/users/me')).json).toMatchObject({ id, passkeys: 1 });
    const path = `/api/v1/users/me/passkeys/${passkey}`;
    expect((await browser.ask('PATCH', path, { name: ' ' })).status).toBe(422);
    expect((await browser.ask('PATCH', path, { name: 'Desk' })).json).toMatchObject({ name: 'Desk' });
    expect((await browser.ask('DELETE', path)).status).toBe(204);
    expect((await browser.ask('DELETE', path)).status).toBe(404);
    const { rows } = await served.world.context.pool.query(
      `select action, before, after from audit_entry where entity_id = $1 and action like '%passkey' order by id`,
      [id],
    );
    expect(rows).toEqual([
      { action: 'rename-passkey', before: { passkey: 'Laptop' }, after: { passkey: 'Desk' } },
      { action: 'remove-passkey', before: { passkey: 'Desk' }, after: null },
    ]);
  });

  it('of another are neither seen nor changed', async () => {
    const [person, other] = [await aPerson(), await aPerson()];
    const path = `/api/v1/users/${other.id}/passkeys`;
    expect((await person.browser.ask('GET', path)).status).toBe(403);
    for (const whose of [path, '/api/v1/users/me/passkeys']) {
      const one = `${whose}/${other.passkey}`;
      expect((await person.browser.ask('PATCH', one, { name: 'Mine' })).status).toBeGreaterThanOrEqual(403);
      expect((await person.browser.ask('DELETE', one)).status).toBeGreaterThanOrEqual(403);
    }
    expect(await keptOf(other.id)).toBe(1);
  });

  it('are added only soon after signing in, from our own pages and after a beginning', async () => {
    const { id, browser } = await aPerson();
    const begin = () => browser.ask('GET', '/api/auth/passkey/generate-register-options');
    expect((await begin()).json).toMatchObject({
      rp: { name: 'HookWise', id: '127.0.0.1' },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const add = (headers = {}) =>
      browser.ask('POST', '/api/auth/passkey/verify-registration', { response: {} }, headers);
    expect((await add({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    await served.world.context.pool.query(
      `update auth.session set "createdAt" = now() - interval '16 minutes' where "userId" = $1`,
      [id],
    );
    expect((await begin()).json).toMatchObject({ code: 'SESSION_NOT_FRESH' });
    expect((await add()).status).toBe(403);
    expect(await keptOf(id)).toBe(1);
  });

  it('open nothing without a challenge that this browser was given', async () => {
    const { passkey } = await aPerson();
    const stranger = aBrowser(served);
    const response = { id: passkey, rawId: passkey, type: 'public-key', response: {}, clientExtensionResults: {} };
    const verify = () => stranger.ask('POST', '/api/auth/passkey/verify-authentication', { response });
    expect((await verify()).json).toMatchObject({ code: 'CHALLENGE_NOT_FOUND' });
    expect((await stranger.ask('GET', '/api/auth/passkey/generate-authenticate-options')).status).toBe(200);
    expect((await verify()).status).toBe(400);
    expect((await stranger.ask('GET', '/api/v1/endpoints')).status).toBe(401);
  });

  it('go with their person, and where an administrator takes them away with the password', async () => {
    const [kept, reset, gone] = [await aPerson(), await aPerson(), await aPerson()];
    await served.world.run(resetPassword, { id: kept.id, body: { password: 'another password' } });
    await served.world.run(resetPassword, { id: reset.id, body: { password: 'another one', removePasskeys: true } });
    await served.world.run(deleteUser, { id: gone.id });
    expect([await keptOf(kept.id), await keptOf(reset.id), await keptOf(gone.id)]).toEqual([1, 0, 0]);
  });
});
