import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '../../../admin/server/users/create.ts';
import { resetPassword } from '../../../admin/server/users/reset-password.ts';
import { aBrowser, type Browser } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';
import { codeOf } from './totp.ts';

const PASSWORD = 'a long password';
let served: ServedAccess;
beforeAll(async () => {
  served = await serveAccess();
}, 120_000);
afterAll(() => served?.close());

interface Person {
  id: string;
  email: string;
  browser: Browser;
  totpUri: string;
  recoveryCodes: string[];
}

/** Somebody with a confirmed second factor, whose own browser is signed in. `step` is the one used for the confirmation. */
async function aPerson(): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const { id } = await served.world.run(createUser, { body: { email, name: 'P', password: PASSWORD } });
  const browser = aBrowser(served);
  await browser.signIn(email, PASSWORD);
  const begun = await browser.ask('POST', '/api/auth/two-factor/enable', { password: PASSWORD });
  expect(begun.status).toBe(200);
  const totpUri = String(begun.json['totpURI']);
  const confirmed = await browser.ask('POST', '/api/auth/two-factor/verify-totp', { code: codeOf(totpUri) });
  expect(confirmed.status).toBe(200);
  return { id, email, browser, totpUri, recoveryCodes: begun.json['backupCodes'] as string[] };
}

const isIn = async (browser: Browser) => (await browser.ask('GET', '/api/v1/endpoints')).status === 200;
const actions = async (id: string) =>
  (
    await served.world.context.pool.query<{ action: string }>(
      'select action from audit_entry where entity_id = $1 order by id',
      [id],
    )
  ).rows.map(({ action }) => action);

describe('a second factor', () => {
  it('is asked for after the password, opens with a code of the app, and all of it is in the audit', async () => {
    const person = await aPerson();
    const other = aBrowser(served);
    expect((await other.signIn(person.email, PASSWORD)).json).toMatchObject({ twoFactorRedirect: true });
    expect(await isIn(other)).toBe(false);
    expect((await other.ask('POST', '/api/auth/two-factor/verify-totp', { code: '000000' })).status).toBe(401);
    const code = codeOf(person.totpUri, 1);
    expect((await other.ask('POST', '/api/auth/two-factor/verify-totp', { code })).status).toBe(200);
    expect(await isIn(other)).toBe(true);
    expect(await actions(person.id)).toEqual([
      'create',
      'sign-in',
      'second-factor-begin',
      'second-factor-confirm',
      'sign-in',
    ]);
  });

  it('X4: takes a code once, also when two browsers give it at the same moment', async () => {
    const person = await aPerson();
    const both = [aBrowser(served), aBrowser(served)];
    for (const browser of both) await browser.signIn(person.email, PASSWORD);
    const code = codeOf(person.totpUri, 1);
    const answers = await Promise.all(
      both.map((browser) => browser.ask('POST', '/api/auth/two-factor/verify-totp', { code })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    const later = aBrowser(served);
    await later.signIn(person.email, PASSWORD);
    expect((await later.ask('POST', '/api/auth/two-factor/verify-totp', { code })).status).toBe(401);
    expect(await isIn(later)).toBe(false);
  });

  it('opens with each recovery code once', async () => {
    const person = await aPerson();
    const [code = ''] = person.recoveryCodes;
    const tries: number[] = [];
    for (let count = 0; count < 2; count += 1) {
      const browser = aBrowser(served);
      await browser.signIn(person.email, PASSWORD);
      tries.push((await browser.ask('POST', '/api/auth/two-factor/verify-backup-code', { code })).status);
    }
    expect(tries).toEqual([200, 401]);
  });

  it('X4: is not taken away, nor are its recovery codes made anew, without a code', async () => {
    const person = await aPerson();
    for (const path of ['disable', 'generate-backup-codes']) {
      const ask = (body: object) => person.browser.ask('POST', `/api/auth/two-factor/${path}`, body);
      expect((await ask({ password: PASSWORD })).status).toBe(422);
      expect((await ask({ password: PASSWORD, code: '000000' })).status).toBe(401);
      expect((await ask({ password: PASSWORD, code: 'no-recovery' })).status).toBe(401);
    }
    const other = aBrowser(served);
    expect((await other.signIn(person.email, PASSWORD)).json).toMatchObject({ twoFactorRedirect: true });
    const code = person.recoveryCodes[1];
    expect((await person.browser.ask('POST', '/api/auth/two-factor/disable', { password: 'wrong', code })).status).toBe(
      400,
    );
    const gone = await person.browser.ask('POST', '/api/auth/two-factor/disable', {
      password: PASSWORD,
      code: codeOf(person.totpUri, 1),
    });
    expect(gone.status).toBe(200);
    const again = aBrowser(served);
    await again.signIn(person.email, PASSWORD);
    expect(await isIn(again)).toBe(true);
  });

  it('X4: keeps the secret out of cookies and, in the clear, out of the database', async () => {
    const person = await aPerson();
    const secret = new URL(person.totpUri).searchParams.get('secret') ?? 'none';
    expect([...person.browser.cookies.values()].join(' ')).not.toContain(secret);
    const { rows } = await served.world.context.pool.query<{ row: string }>(
      `select row_to_json(t)::text as row from auth."twoFactor" t where t."userId" = $1`,
      [person.id],
    );
    expect(rows).toHaveLength(1);
    for (const hidden of [secret, ...person.recoveryCodes]) expect(rows[0]?.row).not.toContain(hidden);
  });

  it('is taken away by an administrator for somebody who lost it, whose sessions end with that', async () => {
    const person = await aPerson();
    await served.world.run(resetPassword, {
      id: person.id,
      body: { password: 'another password', removeSecondFactor: true },
    });
    expect(await isIn(person.browser)).toBe(false);
    const again = aBrowser(served);
    expect((await again.signIn(person.email, PASSWORD)).status).toBe(401);
    await again.signIn(person.email, 'another password');
    expect(await isIn(again)).toBe(true);
  });
});

describe('signing in and out', () => {
  it('tells no session token in any answer, and leaves better-auth’s other addresses closed', async () => {
    const browser = aBrowser(served);
    const signedIn = await browser.signIn('first@example.com', 'first password');
    expect(Object.keys(signedIn.json)).not.toContain('token');
    for (const [method, path] of [
      ['GET', 'get-session'],
      ['GET', 'list-sessions'],
      ['POST', 'update-user'],
      ['POST', 'delete-user'],
      ['POST', 'sign-up/email'],
      ['POST', 'two-factor/get-totp-uri'],
    ] as const)
      expect((await browser.ask(method, `/api/auth/${path}`, method === 'GET' ? undefined : {})).status).toBe(404);
  });

  it('takes five tries a minute of an address', async () => {
    const browser = aBrowser(served);
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1)
      statuses.push((await browser.signIn('first@example.com', 'wrong password')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('is refused from another site’s page, signing out included', async () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    const browser = aBrowser(served);
    const credentials = { email: 'first@example.com', password: 'first password' };
    expect((await browser.ask('POST', '/api/auth/sign-in/email', credentials, foreign)).status).toBe(403);
    await browser.signIn('first@example.com', 'first password');
    expect((await browser.ask('POST', '/api/auth/sign-out', {}, foreign)).status).toBe(403);
    expect(await isIn(browser)).toBe(true);
    expect((await browser.ask('POST', '/api/auth/sign-out', {})).status).toBe(200);
    expect(await isIn(browser)).toBe(false);
  });
});
