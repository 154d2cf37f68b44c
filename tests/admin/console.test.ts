import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeExample } from '../../admin/server/first-run/make-example.ts';
import { makeFirstAdmin } from '../../admin/server/first-run/make-first-admin.ts';
import { readExample } from '../../admin/server/first-run/example-file.ts';
import { API_PATHS } from '../../admin/server/openapi-paths.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';
import { serveConsole, type ServedConsole } from './served-console.ts';

let world: AdminWorld;
let served: ServedConsole;
const key = 'a master key, whatever it is';

beforeAll(async () => {
  world = await anAdminWorld({ TRUSTED_PROXIES: '127.0.0.1' });
  await makeFirstAdmin(world.context);
  served = await serveConsole(world.environment);
}, 180_000);
afterAll(async () => {
  await served?.stop();
  await world?.close();
});

const call = (path: string, init: RequestInit & { key?: string | null } = {}) =>
  fetch(served.url + path, {
    redirect: 'manual',
    ...init,
    headers: {
      ...(init.key === null ? {} : { authorization: `Bearer ${init.key ?? key}` }),
      ...(init.body ? { 'content-type': 'application/json' } : {}),
      ...(init.headers as Record<string, string>),
    },
  });
const post = (path: string, body: unknown, more: Parameters<typeof call>[1] = {}) =>
  call(path, { method: 'POST', body: JSON.stringify(body), ...more });
const signIn = (password: string, address: string, email = 'first@example.com') =>
  post(
    '/api/auth/sign-in/email',
    { email, password },
    { key: null, headers: { origin: served.url, 'x-forwarded-for': address } },
  );
const sessionOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

describe('REST over HTTP', () => {
  it('answers 401 without a good key, in problem+json', async () => {
    for (const response of [
      await call('/api/v1/endpoints', { key: null }),
      await call('/api/v1/endpoints', { key: 'wrong' }),
      await post('/api/v1/endpoints', {}, { key: null }),
    ]) {
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
    }
  });

  it('makes, lists, changes, tests and deletes an endpoint', async () => {
    const made = await post('/api/v1/endpoints', { name: 'Over HTTP' });
    expect(made.status).toBe(201);
    const endpoint = (await made.json()) as { id: string; url: string; token: string };
    expect(endpoint.url).toMatch(/^https:\/\/hooks\.example\.com\/webhook\//);
    expect((await (await call('/api/v1/endpoints')).json()).items.map(({ id }: { id: string }) => id)).toContain(
      endpoint.id,
    );
    const patched = await call(`/api/v1/endpoints/${endpoint.id}`, {
      method: 'PATCH',
      body: '{"ticketing":{"board":"NOC"}}',
    });
    expect((await patched.json()).ticketing.board).toBe('NOC');
    const tested = await post(`/api/v1/endpoints/${endpoint.id}/test`, {});
    expect(tested.status).toBe(202);
    const { request_id } = (await tested.json()) as { request_id: string };
    expect((await (await call(`/api/v1/history/${request_id}`)).json()).body.monitor.name).toBe(
      'Test Monitor for Over HTTP',
    );
    expect((await call(`/api/v1/endpoints/${endpoint.id}/rotate-token`, { method: 'POST' })).status).toBe(200);
    expect((await call(`/api/v1/endpoints/${endpoint.id}?incidents=close`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(`/api/v1/endpoints/${endpoint.id}`)).status).toBe(404);
  });

  it('answers 422 with the place, 415 and 422 for bodies that are no JSON, 404 for what is not there', async () => {
    const bad = await post('/api/v1/endpoints', {
      name: 'x',
      ticketing: {
        routingRules: [
          { path: '$.a', pattern: 'x' },
          { path: '$.a', pattern: '(' },
        ],
      },
    });
    expect(bad.status).toBe(422);
    expect((await bad.json()).errors).toEqual([
      { path: 'ticketing.routingRules.1.pattern', message: expect.any(String) },
    ]);
    expect((await call('/api/v1/endpoints', { method: 'POST', body: '{"name":' })).status).toBe(422);
    expect(
      (await call('/api/v1/endpoints', { method: 'POST', body: 'name=x', headers: { 'content-type': 'text/plain' } }))
        .status,
    ).toBe(415);
    expect((await post('/api/v1/endpoints', { name: 'x', description: 'y'.repeat(5_000_000) })).status).toBe(413);
    for (const path of [
      '/api/v1/nothing',
      '/api/v1/endpoints/x',
      '/api/v1/history/x',
      '/api/v1/incidents/x',
      '/api/v1/tickets/x',
    ])
      expect((await call(path)).status).toBe(404);
  });

  it('speaks at HookWise’s own addresses, with the key', async () => {
    expect(await (await call('/api/stats')).json()).toMatchObject({
      created_today: 0,
      success_rate: expect.any(Number),
    });
    expect(await (await call('/api/cw/boards')).json()).toEqual([]);
    expect(await (await call('/health/services')).json()).toMatchObject({ database: 'up', temporal: 'down' });
    expect(await (await call('/admin/maintenance', { method: 'POST' })).json()).toEqual({ maintenance_mode: true });
    expect((await (await call('/api/v1/settings')).json()).maintenanceMode).toBe(true);
    expect(await (await call('/admin/maintenance', { method: 'POST' })).json()).toEqual({ maintenance_mode: false });
    expect((await call('/history/replay/00000000-0000-4000-8000-000000000000', { method: 'POST' })).status).toBe(404);
    for (const path of ['/api/stats', '/api/cw/boards', '/health/services', '/admin/maintenance'])
      expect((await call(path, { key: null })).status).toBe(401);
  });

  it('documents every route under /api/v1, and no other', async () => {
    const document = (await (await call('/api/v1/openapi.json', { key: null })).json()) as {
      openapi: string;
      paths: object;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(Object.keys(API_PATHS)));
    const folder = fileURLToPath(new URL('../../admin/app/api/v1', import.meta.url));
    const files = globSync('**/route.ts', { cwd: folder }).filter(
      (file) => !file.startsWith('[...rest]') && !file.startsWith('openapi.json'),
    );
    const pathOf = (file: string) => `/${dirname(file).replaceAll('[', '{').replaceAll(']', '}')}`;
    expect(files.map(pathOf).sort()).toEqual(Object.keys(API_PATHS).sort());
    for (const file of files) {
      const route = (await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href)) as object;
      const methods = Object.keys(route).map((method) => method.toLowerCase());
      expect(methods.sort(), file).toEqual(Object.keys(API_PATHS[pathOf(file)] ?? {}).sort());
    }
  });

  it('keeps tenant mappings and maintenance windows', async () => {
    const mapping = await (
      await post('/api/v1/tenant-mappings', { tenant: 'Acme*', companyId: 'ACME', description: 'all of them' })
    ).json();
    expect((await post('/api/v1/tenant-mappings', { tenant: 'acme*', companyId: 'OTHER' })).status).toBe(409);
    expect((await (await call('/api/v1/tenant-mappings')).json()).items).toEqual([mapping]);
    expect((await call(`/api/v1/tenant-mappings/${mapping.id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(`/api/v1/tenant-mappings/${mapping.id}`)).status).toBe(404);
    const bad = await post('/api/v1/maintenance-windows', {
      name: 'night',
      window: { type: 'daily', start: '22:00', end: '22:00' },
    });
    expect((await bad.json()).errors[0].path).toBe('window');
    const window = await (
      await post('/api/v1/maintenance-windows', {
        name: 'night',
        window: { type: 'daily', start: '22:00', end: '04:00' },
      })
    ).json();
    expect(window.window).toMatchObject({ timezone: 'UTC', policy: 'skip' });
  });
});

describe('signing in', () => {
  it('opens the console, whose pages name themselves and carry a policy without inline scripts', async () => {
    expect((await call('/incidents', { key: null })).headers.get('location')).toBe('/sign-in?next=%2Fincidents');
    const signedIn = await signIn('first password', '192.0.2.10');
    expect(signedIn.status).toBe(200);
    const page = await call('/incidents', { key: null, headers: { cookie: sessionOf(signedIn) } });
    expect(page.status).toBe(200);
    const [html, policy] = [await page.text(), page.headers.get('content-security-policy') ?? ''];
    expect(html).toContain('<title>Incidents · HookWise</title>');
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
    expect(html.match(/<script(?![^>]*nonce=)/g)).toBeNull();
    expect(html).toContain(`nonce="${nonce}"`);
  });

  it('lets a session change things only from the console’s own pages', async () => {
    const cookie = sessionOf(await signIn('first password', '192.0.2.11'));
    const change = (headers: Record<string, string>) =>
      post('/api/v1/endpoints', { name: 'by session' }, { key: null, headers: { cookie, ...headers } });
    expect((await change({})).status).toBe(403);
    expect((await change({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await change({ origin: served.url, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await change({ origin: served.url, 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    expect((await call('/api/v1/endpoints', { key: null, headers: { cookie } })).status).toBe(200);
  });

  it('ends with signing out, which another site cannot do', async () => {
    const cookie = sessionOf(await signIn('first password', '192.0.2.12'));
    expect(
      (await post('/api/auth/sign-out', {}, { key: null, headers: { cookie, origin: 'https://evil.example' } })).status,
    ).toBe(403);
    expect((await post('/api/auth/sign-out', {}, { key: null, headers: { cookie, origin: served.url } })).status).toBe(
      200,
    );
    expect((await call('/api/v1/endpoints', { key: null, headers: { cookie } })).status).toBe(401);
  });

  it('is limited to five tries a minute for each address, which only a trusted proxy can name', async () => {
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await signIn('wrong password', '192.0.2.13')).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await signIn('wrong password', '192.0.2.14')).status).toBe(401);
    const forged = await post(
      '/api/auth/sign-in/email',
      { email: 'first@example.com', password: 'first password' },
      {
        key: null,
        headers: { origin: served.url, 'x-forwarded-for': '192.0.2.13', 'x-hookwise-client': '203.0.113.77' },
      },
    );
    expect(forged.status).toBe(429);
  });

  it('cannot be made by strangers', async () => {
    const response = await post(
      '/api/auth/sign-up/email',
      { email: 'a@example.com', password: 'long enough password', name: 'A' },
      { key: null, headers: { origin: served.url } },
    );
    expect(response.status).toBeGreaterThanOrEqual(400);
    const users = await world.context.pool.query('select count(*) from auth."user"');
    expect(users.rows[0].count).toBe(1);
  });
});

describe('the first start', () => {
  it('makes one administrator and, on a database without endpoints, one example, however often it runs', async () => {
    const fresh = await anAdminWorld();
    try {
      expect([await makeFirstAdmin(fresh.context), await makeFirstAdmin(fresh.context)]).toEqual(['made', 'there']);
      expect([await makeExample(fresh.context), await makeExample(fresh.context)]).toEqual(['made', 'there']);
      const example = await readExample(fresh.context.config);
      expect(example).toMatchObject({
        url: expect.stringContaining('/webhook/'),
        token: expect.stringMatching(/^[\w-]{43}$/),
      });
    } finally {
      await fresh.close();
    }
  });
});
