import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signInAddress } from '../../../admin/lib/next-page.ts';
import { signInFault } from '../../../admin/lib/sign-in-faults.ts';
import { createUser } from '../../../admin/server/users/create.ts';
import { patchUser } from '../../../admin/server/users/patch.ts';
import { aBrowser, call, type Answer, type Browser } from './a-browser.ts';
import { startOidcProvider, type OidcProvider } from './oidc-provider.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';

const ANNA = { sub: 'anna-at-the-provider', email: 'anna@example.com', email_verified: true, name: 'Anna' };
let provider: OidcProvider;
beforeAll(async () => {
  provider = await startOidcProvider(ANNA);
});
afterAll(() => provider?.close());
beforeEach(() => Object.assign(provider, { person: ANNA, forges: false }));

const access = (more: Record<string, string> = {}) =>
  serveAccess({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: 'hookwise',
    OIDC_CLIENT_SECRET: 'a client secret',
    ...more,
  });

/** The whole way: to the provider and back with its code. Answers what the console said at the end. */
async function comeIn(browser: Browser): Promise<Answer> {
  const begun = await browser.ask('POST', '/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' });
  expect(begun.status).toBe(200);
  const agreed = await fetch(String(begun.json['url']), { redirect: 'manual' });
  const back = new URL(agreed.headers.get('location') ?? '');
  return browser.ask('GET', back.pathname + back.search);
}
const isIn = async (browser: Browser) => (await browser.ask('GET', '/api/v1/endpoints')).status === 200;

describe('single sign-on where nobody new may come', () => {
  let served: ServedAccess;
  beforeAll(async () => {
    served = await access();
  }, 120_000);
  afterAll(() => served?.close());

  it('lets in whom an administrator made, with the role kept here, and writes it in the audit', async () => {
    const { id } = await served.world.run(createUser, { body: { email: ANNA.email, name: 'Anna', role: 'operator' } });
    const browser = aBrowser(served);
    expect((await comeIn(browser)).status).toBe(302);
    expect(await isIn(browser)).toBe(true);
    expect((await browser.ask('GET', '/api/v1/users')).status).toBe(403);
    const { rows } = await served.world.context.pool.query(
      `select actor, action from audit_entry where entity_id = $1 order by id desc limit 1`,
      [id],
    );
    expect(rows).toEqual([{ actor: ANNA.email, action: 'sign-in' }]);
    await served.world.run(patchUser, { id, body: { disabled: true } });
    const back = await comeIn(browser);
    expect(back.headers.get('location')).toMatch(/^\/sign-in\?error=DISABLED&/);
    expect(await isIn(browser)).toBe(false);
  });

  it('refuses whom nobody made, an address the provider has not verified, and a token with another signature', async () => {
    await served.world.run(createUser, { body: { email: 'berta@example.com', name: 'Berta' } });
    const berta = { ...ANNA, sub: 'berta', email: 'berta@example.com' };
    for (const change of [
      { person: { ...ANNA, sub: 'nobody', email: 'nobody@example.com' } },
      { person: { ...berta, email_verified: false } },
      { person: berta, forges: true },
    ]) {
      Object.assign(provider, { forges: false, ...change });
      const browser = aBrowser(served);
      const back = new URL((await comeIn(browser)).headers.get('location') ?? '', served.url);
      expect(await isIn(browser)).toBe(false);
      expect([back.origin, back.pathname]).toEqual([served.url, '/sign-in']);
      expect(signInFault(back.searchParams.get('error') ?? undefined)).not.toBeNull();
    }
    Object.assign(provider, { person: berta, forges: false });
    const browser = aBrowser(served);
    await comeIn(browser);
    expect(await isIn(browser)).toBe(true);
  });

  it('takes no answer that another browser began', async () => {
    const [one, other] = [aBrowser(served), aBrowser(served)];
    const begun = await one.ask('POST', '/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' });
    const agreed = await fetch(String(begun.json['url']), { redirect: 'manual' });
    const back = new URL(agreed.headers.get('location') ?? '');
    const refused = await other.ask('GET', back.pathname + back.search);
    expect(refused.headers.get('location')).toMatch(/^\/sign-in\?error=/);
    expect(await isIn(other)).toBe(false);
  });

  it('brings back to the page that was asked for, and to no other site', async () => {
    await served.world.run(createUser, { body: { email: 'carla@example.com', name: 'Carla' } });
    Object.assign(provider, { person: { ...ANNA, sub: 'carla', email: 'carla@example.com' } });
    const browser = aBrowser(served);
    const begin = (callbackURL: string, by = aBrowser(served)) =>
      by.ask('POST', '/api/auth/sign-in/social', { provider: 'oidc', callbackURL, errorCallbackURL: callbackURL });
    for (const foreign of ['//evil.example', 'https://evil.example/', '/\\evil.example'])
      expect([foreign, (await begin(foreign)).status]).toEqual([foreign, 403]);
    const address = signInAddress('/history?from=2026-01-01T00:00:00Z&q=a%26b');
    const begun = await begin(address, browser);
    const agreed = await fetch(String(begun.json['url']), { redirect: 'manual' });
    const back = new URL(agreed.headers.get('location') ?? '');
    const landed = await browser.ask('GET', back.pathname + back.search);
    expect(landed.headers.get('location')).toBe(address);
  });
});

it('single sign-on with OIDC_ROLE makes whoever comes for the first time, with that role', async () => {
  const served = await access({ OIDC_ROLE: 'viewer' });
  try {
    const browser = aBrowser(served);
    await comeIn(browser);
    expect(await isIn(browser)).toBe(true);
    expect((await browser.ask('POST', '/api/v1/endpoints', { name: 'x' })).status).toBe(403);
    const { rows } = await served.world.context.pool.query(`select role from auth."user" where email = $1`, [
      ANNA.email,
    ]);
    expect(rows).toEqual([{ role: 'viewer' }]);
  } finally {
    await served.close();
  }
});

it('a provider that is away keeps nobody from signing in with a password', async () => {
  const served = await access({ OIDC_ISSUER: 'http://127.0.0.1:1' });
  try {
    const browser = aBrowser(served);
    const asked = await browser.ask('POST', '/api/auth/sign-in/social', { provider: 'oidc', callbackURL: '/' });
    expect(asked.status).toBe(503);
    expect((await browser.signIn('first@example.com', 'first password')).status).toBe(200);
    const back = await call(served, 'GET', '/api/auth/callback/oidc?code=x&state=y', undefined, {});
    expect([back.status, back.headers.get('location')]).toEqual([302, '/sign-in?error=away']);
  } finally {
    await served.close();
  }
});
