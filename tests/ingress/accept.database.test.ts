import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import { anEndpoint, post, startTestIngress, storedOf, type TestIngress } from './support/test-ingress.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('accepting a webhook', () => {
  let database: TestDatabase;
  let on: TestIngress;
  beforeAll(async () => {
    database = await testDatabase();
    on = await startTestIngress(database.url);
  });
  afterAll(async () => {
    await on?.stop();
    await database?.drop();
  });

  it('answers 202 with its id once the encrypted bytes are committed', async () => {
    const endpoint = await anEndpoint(on);
    const body = '{ "heartbeat": {"status": 0}, "big": 12345678901234567890 }';
    const response = await post(endpoint, body, { 'x-custom': 'seen', 'x-api-key': 'hidden' });
    expect(response.status).toBe(202);
    const answer = (await response.json()) as Record<string, string>;
    expect(Object.keys(answer)).toEqual(['status', 'message', 'request_id']);
    expect(answer).toMatchObject({ status: 'queued', message: 'Webhook received' });
    expect(answer['request_id']).toMatch(UUID_V7);
    expect(response.headers.get('x-request-id')).toBe(answer['request_id']);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const [row, ...more] = await storedOf(on, endpoint.id);
    expect(more).toEqual([]);
    expect(row?.id).toBe(answer['request_id']);
    expect(row?.body.toString()).toBe(body);
    expect(row?.raw.includes(Buffer.from('heartbeat'))).toBe(false);
    expect(row?.source_ip).toBe('127.0.0.1');
    const headers = JSON.parse(row?.headers ?? '') as Record<string, string>;
    expect(headers).toMatchObject({ 'x-custom': 'seen', 'x-api-key': '********', authorization: '********' });
    expect(row?.headers).not.toContain(endpoint.token);
  });

  it('takes both paths, a trailing slash, arrays, +json types and a draft endpoint', async () => {
    const endpoint = await anEndpoint(on, { draft: true });
    const paths = [
      `/webhook/${endpoint.key}`,
      `/webhook/${endpoint.key}/`,
      `/w/${endpoint.key}`,
      `/w/${endpoint.key}/`,
    ];
    for (const path of paths) expect((await post({ ...endpoint, url: on.url + path }, '[1]')).status).toBe(202);
    for (const type of ['application/vnd.alert+json', 'application/json; charset=utf-8', 'Application/JSON']) {
      expect((await post(endpoint, '{"a":1}', { 'content-type': type })).status).toBe(202);
    }
    expect(await storedOf(on, endpoint.id)).toHaveLength(7);
  });

  it('keeps NUL, half surrogates and __proto__ of many senders at once, each in its own row', async () => {
    const endpoint = await anEndpoint(on);
    const bodies = Array.from({ length: 120 }, (_, index) =>
      index % 3 === 0
        ? `{"n":${index},"text":"\\u0000"}`
        : index % 3 === 1
          ? `{"n":${index},"text":"\\ud800"}`
          : `{"n":${index},"__proto__":{"isAdmin":true}}`,
    );
    const answers = await Promise.all(bodies.map((body) => post(endpoint, body)));
    expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 202));
    const stored = await storedOf(on, endpoint.id);
    expect(stored.map(({ body }) => body.toString()).sort()).toEqual([...bodies].sort());
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  it('writes when an endpoint was last seen, soon after', async () => {
    const endpoint = await anEndpoint(on);
    expect((await post(endpoint, '{"a":1}')).status).toBe(202);
    await expect
      .poll(
        async () =>
          (await on.pool.query('select last_ip from endpoint_seen where endpoint_id = $1', [endpoint.id])).rows,
        { timeout: 5_000 },
      )
      .toEqual([{ last_ip: '127.0.0.1' }]);
  });
});
