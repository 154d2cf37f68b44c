import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { signedIn } from '../../support/browser.ts';
import { codeOf } from '../access/totp.ts';
import { seriousFaults, type RunningConsole } from './running-console.ts';

const PASSWORD = 'a long password';

/** Cases of sign-in and of what somebody may open, over a console that others use too. */
export function accessCases(running: () => RunningConsole): void {
  /** The console at the host to which its passkeys belong. */
  const origin = () => running().origin.replace('127.0.0.1', 'localhost');

  /** Somebody new with a browser of their own. */
  async function aPerson(more: { role?: string; company?: string } = {}) {
    await running().stack.pool.query('delete from auth."rateLimit"');
    const email = `${randomUUID().slice(0, 8)}@example.com`;
    const { id } = await running().stack.rest.post<{ id: string }>('/users', {
      email,
      name: 'Pat',
      password: PASSWORD,
      ...more,
    });
    const { page, context, faults } = await signedIn(running().browser, origin(), { email, password: PASSWORD });
    page.setDefaultTimeout(20_000);
    return { id, email, page, faults, close: () => context.close() };
  }

  async function signIn(page: Page, email: string): Promise<void> {
    await page.locator('input[name=email]').fill(email);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  const listOf = async (page: Page) => {
    const text = (await page.getByRole('dialog').locator('pre').textContent()) ?? '';
    return text.split('\n');
  };

  it('sets a second factor up by QR code or secret, keeps its recovery codes once, makes them anew and removes it, each with a code', async () => {
    const { email, page, faults, close } = await aPerson();
    await page.goto(`${origin()}/settings/account`);
    const card = page.getByRole('region', { name: 'Second factor' });
    const dialog = page.getByRole('dialog');
    await card.getByRole('button', { name: 'Set up' }).click();
    await dialog.locator('input[name=password]').fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    expect(await seriousFaults(page)).toEqual([]);
    const [shown = ''] = await listOf(page);
    const secret = `otpauth://totp/x?secret=${shown.replaceAll(' ', '')}`;
    await dialog.locator('input[name=code]').fill(codeOf(secret));
    await dialog.getByRole('button', { name: 'Turn it on' }).click();
    await dialog.getByRole('button', { name: 'Download' }).waitFor();
    const codes = await listOf(page);
    expect(codes).toHaveLength(10);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Download' }).click(),
    ]);
    const saved = readFileSync((await download.path()) ?? '', 'utf8');
    for (const code of codes) expect(saved).toContain(code);
    await dialog.getByRole('button', { name: 'I have them' }).click();
    await card.getByText('on', { exact: true }).waitFor();
    expect(await page.content()).not.toContain(codes[0]);
    expect(faults).toEqual([]);

    await card.getByRole('button', { name: 'New recovery codes' }).click();
    await dialog.locator('input[name=password]').fill(PASSWORD);
    await dialog.locator('input[name=code]').fill('000000');
    await dialog.getByRole('button', { name: 'Make new codes' }).click();
    await dialog.getByText('This code is wrong', { exact: false }).waitFor();
    await dialog.locator('input[name=code]').fill(codeOf(secret, 1));
    await dialog.getByRole('button', { name: 'Make new codes' }).click();
    await dialog.getByRole('button', { name: 'I have them' }).waitFor();
    const [first = '', second = ''] = await listOf(page);
    expect(codes).not.toContain(first);
    await dialog.getByRole('button', { name: 'I have them' }).click();

    const other = await running().browser.newContext();
    const away = await other.newPage();
    await away.goto(`${origin()}/tickets?state=open`);
    await away.waitForURL((url) => url.pathname === '/sign-in');
    await signIn(away, email);
    await away.getByRole('button', { name: 'Use a recovery code' }).click();
    await away.locator('input[name=code]').fill(first);
    await away.getByRole('button', { name: 'Go on' }).click();
    await away.waitForURL((url) => url.pathname + url.search === '/tickets?state=open');
    await other.close();

    await card.getByRole('button', { name: 'Remove' }).click();
    await dialog.locator('input[name=password]').fill(PASSWORD);
    await dialog.locator('input[name=code]').fill(second);
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await card.getByText('off', { exact: true }).waitFor();
    await close();
  }, 90_000);

  it('changes one’s own password after asking for the current one', async () => {
    const { email, page, close } = await aPerson();
    await page.goto(`${origin()}/settings/account`);
    const form = page.getByRole('form', { name: 'Password' });
    const change = async (current: string) => {
      await form.locator('input[name=current]').fill(current);
      await form.locator('input[name=new]').fill('quite another one');
      await form.getByRole('button', { name: 'Change the password' }).click();
    };
    await change('not this one');
    await form.getByText('This password is wrong.').waitFor();
    await change(PASSWORD);
    await page.getByText('The password is changed.', { exact: false }).waitFor();
    const tries = await Promise.all(
      [PASSWORD, 'quite another one'].map((password) =>
        fetch(`${origin()}/api/auth/sign-in/email`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: origin(), 'sec-fetch-site': 'same-origin' },
          body: JSON.stringify({ email, password }),
        }),
      ),
    );
    expect(tries.map(({ status }) => status)).toEqual([401, 200]);
    await close();
  }, 60_000);

  it('signs in with a passkey that was added, named and renamed, until it is removed, all of it in the audit', async () => {
    const { id, page, faults, close } = await aPerson();
    const device = await page.context().newCDPSession(page);
    await device.send('WebAuthn.enable');
    const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const list = page.getByRole('list', { name: 'Your passkeys' });
    const dialog = page.getByRole('dialog');
    const signOut = async () => {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL((url) => url.pathname === '/sign-in');
    };
    await page.goto(`${origin()}/settings/account`);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await dialog.locator('input[name=name]').fill('Laptop');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await list.getByText('Laptop', { exact: true }).waitFor();
    await list.getByRole('button', { name: 'Rename Laptop' }).click();
    await dialog.locator('input[name=name]').fill('Desk');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await list.getByText('Desk', { exact: true }).waitFor();
    expect(faults).toEqual([]);

    await signOut();
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    expect(await page.evaluate(tryWithoutProof)).toBe('NOT_VERIFIED');
    await device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await page.goto(`${origin()}/settings/account`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL((url) => url.pathname === '/settings/account');
    await list.getByRole('button', { name: 'Remove Desk' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await list.getByText('Desk', { exact: true }).waitFor({ state: 'detached' });
    await signOut();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('alert').getByText('This passkey opens no account here', { exact: false }).waitFor();

    const { items } = await running().stack.rest.get<{ items: { action: string }[] }>(`/audit?entityId=${id}`);
    expect(items.map(({ action }) => action).toReversed()).toEqual([
      'create',
      'sign-in',
      'add-passkey',
      'rename-passkey',
      'sign-out',
      'sign-in',
      'remove-passkey',
      'sign-out',
    ]);
    await close();
  }, 90_000);

  it('tells whoever is limited to a company what is not for them and whom to ask, and offers none of it', async () => {
    const { page, close } = await aPerson({ role: 'operator', company: 'ACME' });
    const offered = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents();
    expect(offered).toContain('Heartbeats');
    for (const label of ['Live', 'Maintenance', 'Tenant map', 'Audit', 'Temporal'])
      expect(offered).not.toContain(label);
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Page, endpoint or incident').waitFor();
    const commands = await page.locator('[data-action]').allTextContents();
    expect(commands.some((text) => text.includes('Heartbeats'))).toBe(true);
    for (const label of ['New endpoint', 'Audit', 'Maintenance'])
      expect(commands.filter((text) => text.includes(label))).toEqual([]);
    await page.keyboard.press('Escape');
    const [endpoint] = (await running().stack.rest.get<{ items: { id: string }[] }>('/endpoints?limit=1')).items;
    for (const path of [
      '/live',
      '/maintenance',
      '/tenants',
      '/audit',
      '/settings/connections',
      '/settings/keys',
      '/history/replays',
      `/endpoints/${endpoint?.id}/versions`,
    ]) {
      expect([path, (await page.goto(origin() + path))?.status()]).toEqual([path, 403]);
      await page.getByRole('heading', { name: 'Not for your account' }).waitFor();
      await page.getByText('your account sees only ACME', { exact: false }).waitFor();
      await page.getByRole('link', { name: running().account.email, exact: false }).waitFor();
    }
    expect(await seriousFaults(page)).toEqual([]);
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Endpoints' }).click();
    await page.getByRole('heading', { name: 'Endpoints', exact: true }).waitFor();
    for (const path of ['/', '/endpoints', '/incidents', '/tickets', '/history', '/heartbeats', '/settings']) {
      expect([path, (await page.goto(origin() + path))?.status()]).toEqual([path, 200]);
      await page.locator('h1').first().waitFor();
      expect(await page.getByRole('heading', { name: 'Not for your account' }).count(), path).toBe(0);
    }
    await close();
  }, 90_000);

  it('says that the live feed is refused once the session has ended, instead of waiting for it', async () => {
    const { id, page, close } = await aPerson();
    await page.goto(`${origin()}/live`);
    await page.getByText('live', { exact: true }).waitFor();
    await running().stack.pool.query('delete from auth.session where "userId" = $1', [id]);
    await page.getByPlaceholder('Webhooks and incidents').click();
    await page.getByRole('option', { name: 'Incidents' }).click();
    await page.getByText('refused: sign in again').waitFor();
    await close();
  }, 60_000);

  it('leads after signing in to the page that was asked for, and never to another site', async () => {
    const { email, page, close } = await aPerson();
    const path = '/history?status=failed';
    for (const [start, end] of [
      [path, path],
      ['/sign-in?next=%2F%2Fevil.example%2F', '/'],
      ['/sign-in?next=https%3A%2F%2Fevil.example', '/'],
    ] as const) {
      await page.context().clearCookies();
      await page.goto(origin() + start);
      await page.waitForURL((url) => url.pathname === '/sign-in');
      await signIn(page, email);
      await page.waitForURL((url) => url.origin === origin() && url.pathname + url.search === end);
    }
    await page.context().clearCookies();
    await page.goto(`${origin()}/sign-in?error=signup_disabled`);
    await page.getByRole('alert').getByText('Nobody made an account for you here yet.', { exact: false }).waitFor();
    await close();
  }, 60_000);
}

/** In the browser: a passkey that was only touched, by a page that does not ask the device to check the person. */
async function tryWithoutProof(): Promise<unknown> {
  const asked = await fetch('/api/auth/passkey/generate-authenticate-options');
  const options = (await asked.json()) as PublicKeyCredentialRequestOptionsJSON;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, userVerification: 'discouraged' });
  const made = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const answer = await fetch('/api/auth/passkey/verify-authentication', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ response: made.toJSON() }),
  });
  return ((await answer.json()) as { code?: unknown }).code;
}
