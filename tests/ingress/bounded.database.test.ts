import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import { anEndpoint, post, startTestIngress, type TestIngress } from './support/test-ingress.ts';

describe('bodies made to hurt', () => {
  let database: TestDatabase;
  let on: TestIngress;
  beforeAll(async () => {
    database = await testDatabase();
    on = await startTestIngress(database.url, { MAX_CONTENT_LENGTH_KB: '16384' });
  });
  afterAll(async () => {
    await on?.stop();
    await database?.drop();
  });

  const keys = (count: number) => `{${Array.from({ length: count }, (_, n) => `"k${n}":1`).join(',')}}`;

  it.each([
    ['nested 10,000 deep', '['.repeat(10_000) + ']'.repeat(10_000), 400],
    ['nested 5,000,000 deep and never closed', '{"a":'.repeat(2_000_000), 400],
    ['a million keys', keys(1_000_000), 400],
    ['a million values', `[${'0,'.repeat(1_000_000)}0]`, 400],
    ['50,000 values', `[${'0,'.repeat(49_998)}0]`, 202],
    ['64 levels', '['.repeat(64) + '1' + ']'.repeat(64), 202],
    ['one text of 16 MB', `{"a":"${'x'.repeat(16_000_000)}"}`, 202],
    ['a million backslashes', `{"a":"${'\\\\'.repeat(1_000_000)}"}`, 202],
    ['a number of a million digits', `{"a":${'9'.repeat(1_000_000)}}`, 202],
    ['__proto__ and constructor', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}', 202],
    ['nothing but opening quotes', `{"a":"${'"'.repeat(100_000)}`, 400],
  ])('%s', async (_, body, status) => {
    const endpoint = await anEndpoint(on);
    const began = performance.now();
    const response = await post(endpoint, body);
    expect(response.status).toBe(status);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((await fetch(`${on.url}/health/live`)).status).toBe(200);
  });

  it('what is kept of a refusal is found in bounded time, whatever the text', async () => {
    const endpoint = await anEndpoint(on);
    const began = performance.now();
    for (const body of [
      'token'.repeat(600_000),
      `${'a='.repeat(500_000)}`,
      `${'"a":"\\'.repeat(200_000)}`,
      `${'Bearer '.repeat(200_000)}`,
      `${'secret:{'.repeat(200_000)}`,
    ]) {
      expect((await post(endpoint, body)).status).toBe(400);
    }
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
