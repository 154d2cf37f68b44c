import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDatabaseAway } from '../../admin/server/database-away.ts';
import { isSameOrigin } from '../../admin/server/authenticate.ts';
import { checkApiKey } from '../../infra/auth/api-key.ts';
import { sha256 } from '../../infra/crypto/cipher.ts';
import { createPool } from '../../infra/database/pool.ts';
import { anAdminWorld, type AdminWorld } from './admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await anAdminWorld();
}, 60_000);
afterAll(() => world.close());

describe('an API key', () => {
  it.each(['k', 'two words', '  spaced', 'schlüssel', 'ключ', 'Bearer x', '%s'])(
    'of the environment opens everything, be it "%s"',
    async (text) => {
      const key = text.trim();
      const asSent = Buffer.from(`Bearer ${key}`).toString('latin1');
      expect(await checkApiKey(world.context.pool, key, asSent)).toMatchObject({ role: 'admin', company: null });
      for (const wrong of [`Bearer ${key}x`, `Bearer ${key.slice(1)}`, 'Bearer ', 'Basic eDp5', '', null]) {
        expect(await checkApiKey(world.context.pool, key, wrong)).toBeNull();
      }
    },
  );

  it('of the table is found by its digest, carries its role, notes its use, and ends when revoked', async () => {
    const { pool } = world.context;
    const digest = sha256('hw_table_key');
    await pool.query(
      `insert into api_key (id, name, digest, prefix, role, scopes, company, created_by) values (gen_random_uuid(), 'ci', $1, 'hw_t', 'operator', '{}', null, 'test')`,
      [digest],
    );
    expect(await checkApiKey(pool, null, 'bearer hw_table_key')).toMatchObject({ name: 'ci', role: 'operator' });
    expect(
      (await pool.query('select last_used_at is not null as used from api_key where digest = $1', [digest])).rows[0]
        .used,
    ).toBe(true);
    await pool.query('update api_key set revoked_at = now() where digest = $1', [digest]);
    expect(await checkApiKey(pool, null, 'Bearer hw_table_key')).toBeNull();
  });
});

describe('a change asked with a cookie', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' }, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'http://localhost:3000' }, true],
    [{ origin: 'http://10.0.0.5:3000', host: '10.0.0.5:3000' }, true],
    [{ origin: 'http://evil.example', host: '10.0.0.5:3000' }, false],
    [{ origin: 'null' }, false],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{}, false],
  ])('with %j is from the console itself: %s', (headers, expected) => {
    expect(isSameOrigin(new Headers(headers as Record<string, string>), 'http://localhost:3000')).toBe(expected);
  });
});

describe('a database that is away', () => {
  it('is told from other faults', async () => {
    const pool = createPool('postgres://127.0.0.1:1/none', { name: 'test', max: 1 });
    expect(isDatabaseAway(await pool.query('select 1').catch((error: unknown) => error))).toBe(true);
    expect(isDatabaseAway(await world.context.pool.query('select 1/0').catch((error: unknown) => error))).toBe(false);
    await pool.end();
  });
});
