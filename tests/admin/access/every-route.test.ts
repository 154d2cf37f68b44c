import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../admin/server/api-keys/verbs.ts';
import { createUser } from '../../../admin/server/users/create.ts';
import { API_PATHS } from '../../../admin/server/openapi-paths.ts';
import { countRows } from '../recorded-webhooks.ts';
import { aBrowser, call, type Answer, type Browser } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';

/** Health says only whether it is well; the document says what can be asked, nothing of what is kept. */
const OPEN_TO_ALL = ['/health/live', '/health/ready', '/api/v1/openapi.json'];
const OWN_SIGN_IN = '/api/auth/{...all}';
/** Looks that are asked with a body: they change nothing, which the count of rows shows with the others. */
const LOOKS_BY_POST = ['POST /api/v1/history/search'];
const NOWHERE = '/api/v1/{...rest}';

let served: ServedAccess;
let viewer: Browser;
let admin: Browser;
let viewerKey: string;
let every: { method: string; path: string }[];
beforeAll(async () => {
  served = await serveAccess();
  await served.world.run(createUser, {
    body: { email: 'viewer@example.com', name: 'V', role: 'viewer', password: 'viewer password' },
  });
  viewerKey = (await served.world.run(createApiKey, { body: { name: 'looks', role: 'viewer' } })).key;
  [viewer, admin] = [aBrowser(served), aBrowser(served)];
  expect((await viewer.signIn('viewer@example.com', 'viewer password')).status).toBe(200);
  expect((await admin.signIn('first@example.com', 'first password')).status).toBe(200);
  const documented = Object.entries(API_PATHS).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => ({ method: method.toUpperCase(), path: `/api/v1${path}` })),
  );
  const files = served.routes.filter(({ path }) => ![...OPEN_TO_ALL, OWN_SIGN_IN, NOWHERE].includes(path));
  const known = new Map([...documented, ...files].map(({ method, path }) => [`${method} ${path}`, { method, path }]));
  every = [...known.values()];
}, 120_000);
afterAll(() => served?.close());

type Route = (typeof every)[number];
type Ask = (method: string, path: string, body: unknown) => Promise<Answer>;

/** Asks every route with ids of nothing; answers `METHOD path status` of those whose status is not among `expected`. */
async function walk(ask: Ask, only: (route: Route) => boolean, expected: number[]): Promise<string[]> {
  const odd: string[] = [];
  for (const { method, path } of every.filter(only)) {
    const real = path.replaceAll(/\{\w+\}/g, () => randomUUID());
    const { status } = await ask(method, real, method === 'GET' ? undefined : {});
    if (!expected.includes(status)) odd.push(`${method} ${path} ${status}`);
  }
  return odd;
}

const isChange = ({ method, path }: Route) => method !== 'GET' && !LOOKS_BY_POST.includes(`${method} ${path}`);
const isLook = (route: Route) => !isChange(route);

/** What is in the database besides what a look leaves: sessions are touched, a key's last use is noted. */
async function everything(): Promise<Record<string, number>> {
  const { 'auth."rateLimit"': _, ...rows } = await countRows(served.world);
  return rows;
}

describe('every route of the document and of the route files', () => {
  it('there are many of them, and those of people and keys are among them', () => {
    const names = every.map(({ method, path }) => `${method} ${path}`);
    expect(names.length).toBeGreaterThan(60);
    for (const name of [
      'DELETE /api/v1/users/{id}',
      'POST /api/v1/api-keys',
      'POST /api/v1/apply',
      'POST /admin/maintenance',
    ])
      expect(names).toContain(name);
  });

  it('X4: answers nobody who is not known, whatever the method', async () => {
    const before = await everything();
    const stranger: Ask = (method, path, body) => call(served, method, path, body, {});
    expect(await walk(stranger, () => true, [401])).toEqual([]);
    const badKey: Ask = (method, path, body) => call(served, method, path, body, { authorization: 'Bearer hw_wrong' });
    expect(await walk(badKey, () => true, [401])).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it('X4: lets a viewer’s key change nothing', async () => {
    const before = await everything();
    const key: Ask = (method, path, body) => call(served, method, path, body, { authorization: `Bearer ${viewerKey}` });
    expect(await walk(key, isChange, [403])).toEqual([]);
    expect(await everything()).toEqual(before);
    expect(await walk(key, isLook, [200, 403, 404, 422, 503])).toEqual([]);
  });

  it('X4: lets a viewer’s session change nothing', async () => {
    const before = await everything();
    expect(await walk(viewer.ask, isChange, [403])).toEqual([]);
    expect(await everything()).toEqual(before);
    expect((await viewer.ask('GET', '/api/v1/endpoints')).status).toBe(200);
  });

  it('X4: takes no change from an administrator’s browser that another site sends', async () => {
    const before = await everything();
    const forged: Ask = (method, path, body) =>
      admin.ask(method, path, body, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect(await walk(forged, ({ method }) => method !== 'GET', [403])).toEqual([]);
    const silent: Ask = (method, path, body) =>
      call(served, method, path, body, { cookie: [...admin.cookies].map((pair) => pair.join('=')).join('; ') });
    expect(await walk(silent, ({ method }) => method !== 'GET', [403])).toEqual([]);
    expect(await everything()).toEqual(before);
    expect((await admin.ask('GET', '/api/v1/users')).status).toBe(200);
  });
});
