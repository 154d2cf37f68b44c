import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aBrowser, call } from './a-browser.ts';
import { serveAccess, type ServedAccess } from './served-access.ts';

const KEY = { authorization: 'Bearer a master key, whatever it is' };

let served: ServedAccess;
beforeAll(async () => {
  served = await serveAccess();
}, 120_000);
afterAll(() => served?.close());

/** Asks while a table is held, so that every connection comes to wait for it; lets go once one of the answers is there. */
async function whileHeld<T>(table: string, ask: () => Promise<T>[]): Promise<{ first: T; all: T[] }> {
  const { pool } = served.world.context;
  const client = await pool.connect();
  await client.query('begin');
  await client.query(`lock table ${table} in access exclusive mode`);
  try {
    const asked = ask();
    const first = await Promise.race(asked);
    await client.query('rollback');
    return { first, all: await Promise.all(asked) };
  } finally {
    client.release();
  }
}

const shown = ({ status, headers }: { status: number; headers: Headers }) => [status, headers.get('retry-after')];

describe('a database whose connections are all at work', () => {
  it.each([
    ['endpoint', '/api/v1/endpoints', { name: 'Made' }],
    ['tenant_mapping', '/api/v1/tenant-mappings', { tenant: 'T', companyId: 'C' }],
  ])(
    'is answered with 503 and when to try again, to whoever reads and to whoever changes: %s',
    async (table, path, body) => {
      const asks = () => [
        ...Array.from({ length: 8 }, () => call(served, 'GET', path, undefined, KEY)),
        call(served, 'POST', path, body, KEY),
      ];
      const { first, all } = await whileHeld(table, asks);
      expect(shown(first)).toEqual([503, '5']);
      expect(all.map(({ status }) => status).filter((status) => status >= 500 && status !== 503)).toEqual([]);
      expect(all.some(({ status }) => status === 200)).toBe(true);
    },
    30_000,
  );

  it('is no fault of a session either, nor of a sign-in', async () => {
    const browser = aBrowser(served);
    await browser.signIn('first@example.com', 'first password');
    const asks = () => [
      ...Array.from({ length: 6 }, () => browser.ask('GET', '/api/v1/endpoints')),
      browser.ask('POST', '/api/auth/sign-in/email', { email: 'first@example.com', password: 'first password' }),
    ];
    const { first, all } = await whileHeld('auth.session', asks);
    expect(shown(first)).toEqual([503, '5']);
    expect(all.map(({ status }) => status).filter((status) => status >= 500 && status !== 503)).toEqual([]);
    expect(all.some(({ status }) => status === 200)).toBe(true);
    expect((await browser.ask('GET', '/api/v1/endpoints')).status).toBe(200);
  }, 30_000);
});
