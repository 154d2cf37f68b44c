import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { localTemporal, timeSkipping } from '../../support/temporal.ts';
import { testDatabase } from '../../support/postgres.ts';

const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => Promise.all(ends.map((end) => end())));

test('a test gets a migrated database of its own that keeps what it promises', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
  ends.push(one.drop, other.drop);
  expect(one.url).not.toBe(other.url);
  const client = new pg.Client({ connectionString: one.url });
  await client.connect();
  try {
    const { rows } = await client.query(`select name, setting from pg_settings where name = any($1)`, [
      ['fsync', 'full_page_writes', 'synchronous_commit', 'jit', 'listen_addresses', 'server_encoding'],
    ]);
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      jit: 'off',
      listen_addresses: '127.0.0.1',
      server_encoding: 'UTF8',
    });
    expect((await client.query(`select to_regclass('webhook') as found`)).rows[0].found).toBe('webhook');
  } finally {
    await client.end();
  }
});

test('the shared Temporal server knows our search attributes', async () => {
  const temporal = await localTemporal();
  ends.push(temporal.close);
  const { customAttributes } = await temporal.connection.operatorService.listSearchAttributes({
    namespace: temporal.namespace,
  });
  expect(Object.keys(customAttributes ?? {})).toEqual(
    expect.arrayContaining(['HookwiseEndpoint', 'HookwiseCompany', 'HookwisePhase', 'HookwiseTicket']),
  );
});

test('the time-skipping server starts from the program that was found', async () => {
  const environment = await timeSkipping();
  ends.push(() => environment.teardown());
  const before = await environment.currentTimeMs();
  await environment.sleep('3 days');
  expect((await environment.currentTimeMs()) - before).toBeGreaterThanOrEqual(3 * 86_400_000);
});
