import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../../infra/auth/roles.ts';
import { createUser } from '../../../admin/server/users/create.ts';
import { deleteUser } from '../../../admin/server/users/delete.ts';
import { listUsers } from '../../../admin/server/users/list.ts';
import { patchUser } from '../../../admin/server/users/patch.ts';
import { aBrowser, type Browser } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';

const PASSWORD = 'a long password';
let served: ServedAccess;
beforeAll(async () => {
  served = await serveAccess();
}, 120_000);
afterAll(() => served?.close());

async function aPerson(role: Role = 'viewer'): Promise<{ id: string; email: string; browser: Browser }> {
  const email = `${randomUUID()}@example.com`;
  const { id } = await served.world.run(createUser, { body: { email, name: 'P', role, password: PASSWORD } });
  const browser = aBrowser(served);
  expect((await browser.signIn(email, PASSWORD)).status).toBe(200);
  return { id, email, browser };
}
const status = async (browser: Browser, path = '/api/v1/endpoints') => (await browser.ask('GET', path)).status;

describe('people', () => {
  it('are made, listed, changed and deleted over REST, with an audit row each and no password in any answer', async () => {
    const { browser } = await aPerson('admin');
    const email = `${randomUUID()}@Example.com`;
    const made = await browser.ask('POST', '/api/v1/users', { email, name: 'New', password: PASSWORD });
    expect([made.status, made.json['role'], made.json['hasPassword']]).toEqual([201, 'viewer', true]);
    const path = `/api/v1/users/${String(made.json['id'])}`;
    expect((await browser.ask('POST', '/api/v1/users', { email, name: 'Twice' })).status).toBe(409);
    expect((await browser.ask('PATCH', path, { role: 'operator', company: 'ACME' })).json).toMatchObject({
      email: email.toLowerCase(),
      role: 'operator',
      company: 'ACME',
    });
    expect((await browser.ask('PATCH', path, { role: 'owner' })).json['errors']).toMatchObject([{ path: 'role' }]);
    const listed = await browser.ask('GET', '/api/v1/users?limit=200');
    expect(listed.text).not.toMatch(/a long password|"password"|"token"/);
    expect((await browser.ask('DELETE', path)).status).toBe(204);
    expect((await browser.ask('GET', path)).status).toBe(404);
    const audit = await served.world.context.pool.query(
      `select action, actor, before, after from audit_entry where entity = 'user' and entity_id = $1 order by id`,
      [made.json['id']],
    );
    expect(audit.rows.map(({ action }) => action)).toEqual(['create', 'patch', 'delete']);
    expect(JSON.stringify(audit.rows)).not.toContain(PASSWORD);
  });

  it('page by cursor, each told once', async () => {
    for (let count = 0; count < 3; count += 1) await aPerson();
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listUsers.run>> = await served.world.run(listUsers, {
        query: { limit: 2, ...(cursor === null ? {} : { cursor }) },
      });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const { rows } = await served.world.context.pool.query<{ id: string }>('select id from auth."user"');
    expect([...ids].sort()).toEqual(rows.map(({ id }) => id).sort());
  });

  it('leave an administrator behind, also when two are taken away at the same moment', async () => {
    const world = served.world;
    const { items } = await world.run(listUsers, { query: { limit: 200 } });
    const admins = items.filter(({ role }) => role === 'admin').map(({ id }) => id);
    const [kept = '', ...others] = admins;
    for (const id of others) await world.run(deleteUser, { id });
    for (const body of [{ role: 'viewer' }, { disabled: true }, { company: 'ACME' }])
      expect((await world.refusal(patchUser, { id: kept, body })).code).toBe('conflict');
    expect((await world.refusal(deleteUser, { id: kept })).code).toBe('conflict');
    const second = await aPerson('admin');
    const outcomes = await Promise.allSettled([
      world.run(patchUser, { id: kept, body: { role: 'viewer' } }),
      world.run(deleteUser, { id: second.id }),
    ]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a session', () => {
  it('X4: has the role of now: a change, disabling and deleting hold from the next request', async () => {
    const person = await aPerson('admin');
    expect(await status(person.browser, '/api/v1/users')).toBe(200);
    await served.world.run(patchUser, { id: person.id, body: { role: 'viewer' } });
    expect(await status(person.browser, '/api/v1/users')).toBe(403);
    await served.world.run(patchUser, { id: person.id, body: { disabled: true } });
    expect(await status(person.browser)).toBe(401);
    expect((await aBrowser(served).signIn(person.email, PASSWORD)).status).toBe(403);
    await served.world.run(patchUser, { id: person.id, body: { disabled: false } });
    const again = aBrowser(served);
    await again.signIn(person.email, PASSWORD);
    expect(await status(again)).toBe(200);
    await served.world.run(deleteUser, { id: person.id });
    expect(await status(again)).toBe(401);
  });

  it('X4: ends by itself: one that is over opens nothing', async () => {
    const person = await aPerson();
    const { pool } = served.world.context;
    const { rows } = await pool.query<{ days: number }>(
      `select extract(epoch from "expiresAt" - now()) / 86400 as days from auth.session where "userId" = $1`,
      [person.id],
    );
    expect(Number(rows[0]?.days)).toBeLessThanOrEqual(7);
    await pool.query(`update auth.session set "expiresAt" = now() - interval '1 second' where "userId" = $1`, [
      person.id,
    ]);
    expect(await status(person.browser)).toBe(401);
  });

  it('is listed without its token and ended by its person, who cannot reach another’s', async () => {
    const [person, other] = [await aPerson(), await aPerson()];
    const phone = aBrowser(served);
    await phone.signIn(person.email, PASSWORD);
    const listed = await person.browser.ask('GET', '/api/v1/users/me/sessions');
    const items = listed.json['items'] as { id: string; current: boolean }[];
    expect(items.map(({ current }) => current).sort()).toEqual([false, true]);
    expect(listed.text).not.toContain('token');
    for (const cookie of person.browser.cookies.values())
      expect(listed.text).not.toContain(decodeURIComponent(cookie).split('.')[0]);
    const away = items.find(({ current }) => !current)?.id ?? '';
    expect((await other.browser.ask('GET', `/api/v1/users/${person.id}/sessions`)).status).toBe(403);
    expect((await other.browser.ask('DELETE', `/api/v1/users/${person.id}/sessions/${away}`)).status).toBe(403);
    expect((await other.browser.ask('DELETE', `/api/v1/users/me/sessions/${away}`)).status).toBe(404);
    expect((await person.browser.ask('DELETE', `/api/v1/users/me/sessions/${away}`)).status).toBe(204);
    expect([await status(phone), await status(person.browser)]).toEqual([401, 200]);
    await phone.signIn(person.email, PASSWORD);
    expect((await person.browser.ask('DELETE', '/api/v1/users/me/sessions')).status).toBe(204);
    expect([await status(phone), await status(person.browser)]).toEqual([401, 200]);
  });

  it('of everybody ends when an administrator says so', async () => {
    const [admin, person] = [await aPerson('admin'), await aPerson()];
    expect((await admin.browser.ask('DELETE', `/api/v1/users/${person.id}/sessions`)).status).toBe(204);
    expect([await status(person.browser), await status(admin.browser)]).toEqual([401, 200]);
  });
});
