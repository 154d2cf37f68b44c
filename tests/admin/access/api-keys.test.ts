import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '../../../infra/auth/scopes.ts';
import { createApiKey } from '../../../admin/server/api-keys/verbs.ts';
import { API_PATHS } from '../../../admin/server/openapi-paths.ts';
import { aBrowser, call, type Answer, type Browser } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';

let served: ServedAccess;
let admin: Browser;
beforeAll(async () => {
  served = await serveAccess();
  admin = aBrowser(served);
  await admin.signIn('first@example.com', 'first password');
}, 120_000);
afterAll(() => served?.close());

const with_ = (key: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  call(served, method, `/api/v1${path}`, body, { authorization: `Bearer ${key}` });
const make = async (body: object): Promise<{ key: string; id: string }> => {
  const made = await admin.ask('POST', '/api/v1/api-keys', body);
  expect(made.status).toBe(201);
  return { key: String(made.json['key']), id: String(made.json['id']) };
};

describe('an API key', () => {
  it('is shown once, kept as a digest alone, and its use is noted', async () => {
    const { key, id } = await make({ name: 'ci', role: 'operator' });
    expect(key).toMatch(/^hw_[A-Za-z0-9_-]{43}$/);
    expect((await with_(key, 'GET', '/endpoints')).status).toBe(200);
    const { pool } = served.world.context;
    const kept = await pool.query<{ row: string }>('select row_to_json(k)::text as row from api_key k where id = $1', [
      id,
    ]);
    const audited = await pool.query<{ row: string }>(
      'select row_to_json(a)::text as row from audit_entry a where entity_id = $1',
      [id],
    );
    const shown = [await admin.ask('GET', '/api/v1/api-keys'), await admin.ask('GET', `/api/v1/api-keys/${id}`)];
    for (const text of [kept.rows[0]?.row, audited.rows[0]?.row, ...shown.map((answer) => answer.text)]) {
      expect(text).toContain('ci');
      expect(text).not.toContain(key.slice(9));
    }
    expect(shown[1]?.json).toMatchObject({
      role: 'operator',
      lastUsedAt: expect.any(String),
      createdBy: 'first@example.com',
    });
  });

  it('ends when it is revoked, and when its time is over', async () => {
    const { key, id } = await make({ name: 'gone' });
    expect((await admin.ask('DELETE', `/api/v1/api-keys/${id}`)).status).toBe(204);
    expect((await admin.ask('DELETE', `/api/v1/api-keys/${id}`)).status).toBe(204);
    expect((await with_(key, 'GET', '/endpoints')).status).toBe(401);
    expect((await admin.ask('GET', `/api/v1/api-keys/${id}`)).json['revokedAt']).toEqual(expect.any(String));
    const past = await admin.ask('POST', '/api/v1/api-keys', { name: 'p', expiresAt: '2020-01-01T00:00:00Z' });
    expect([past.status, past.json['errors']]).toEqual([422, [expect.objectContaining({ path: 'expiresAt' })]]);
    const timed = await make({ name: 'timed', expiresAt: '2999-01-01T00:00:00+02:00' });
    expect((await with_(timed.key, 'GET', '/endpoints')).status).toBe(200);
    await served.world.context.pool.query(`update api_key set expires_at = now() where id = $1`, [timed.id]);
    expect((await with_(timed.key, 'GET', '/endpoints')).status).toBe(401);
  });

  it('does only what its scopes say, within its role', async () => {
    const reads = await make({ name: 'r', role: 'admin', scopes: ['endpoints:read', 'history:read'] });
    const writes = await make({ name: 'w', role: 'admin', scopes: ['endpoints:write'] });
    const weak = await make({ name: 'v', role: 'viewer', scopes: ['endpoints:write'] });
    const endpoint = { name: 'By key' };
    expect((await with_(reads.key, 'GET', '/endpoints')).status).toBe(200);
    expect((await with_(reads.key, 'GET', '/history')).status).toBe(200);
    expect((await with_(reads.key, 'POST', '/endpoints', endpoint)).status).toBe(403);
    expect((await with_(reads.key, 'GET', '/settings')).status).toBe(403);
    expect((await with_(writes.key, 'POST', '/endpoints', endpoint)).status).toBe(201);
    expect((await with_(writes.key, 'GET', '/endpoints')).status).toBe(200);
    expect((await with_(writes.key, 'GET', '/incidents')).status).toBe(403);
    expect((await with_(weak.key, 'POST', '/endpoints', endpoint)).status).toBe(403);
  });

  it('follows the live feed with the scope for it, and not with another', async () => {
    const follows = await make({ name: 'live', role: 'viewer', scopes: ['live:read'] });
    const reads = await make({ name: 'history', role: 'viewer', scopes: ['history:read'] });
    const follow = (key: string) =>
      call(served, 'GET', '/api/live', undefined, { authorization: `Bearer ${key}`, accept: 'text/event-stream' });
    const opened = await follow(follows.key);
    expect([opened.status, opened.headers.get('content-type')?.split(';')[0]]).toEqual([200, 'text/event-stream']);
    expect((await follow(reads.key)).status).toBe(403);
    expect((await with_(follows.key, 'GET', '/history')).status).toBe(403);
  });

  it('narrowed to scopes never manages people or keys, so it cannot make itself wider', async () => {
    const { key } = await make({ name: 'all', role: 'admin', scopes: [...SCOPES] });
    const wide = await make({ name: 'wide', role: 'admin' });
    for (const path of ['/users', '/api-keys']) {
      expect((await with_(key, 'GET', path)).status).toBe(403);
      expect((await with_(key, 'POST', path, { name: 'x', role: 'admin', email: 'x@example.com' })).status).toBe(403);
      expect((await with_(wide.key, 'GET', path)).status).toBe(200);
    }
  });

  it('with every scope reads every list of the document but those of people and keys', async () => {
    const { key } = await make({
      name: 'reader',
      role: 'admin',
      scopes: SCOPES.filter((scope) => scope.endsWith(':read')),
    });
    const refused: string[] = [];
    for (const [path, operations] of Object.entries(API_PATHS)) {
      if (!('get' in operations) || path.includes('{') || path === '/export') continue;
      if ((await with_(key, 'GET', path)).status === 403) refused.push(path);
    }
    expect(refused.sort()).toEqual(['/api-keys', '/users']);
  });

  it('of an unknown scope is refused at save', async () => {
    const refusal = await served.world.refusal(createApiKey, { body: { name: 'x', scopes: ['endpoints:all'] } });
    expect(refusal.faults[0]?.path).toBe('scopes.0');
  });
});
