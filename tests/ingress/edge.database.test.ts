import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import { anEndpoint, post, startTestIngress, storedOf, type TestIngress } from './support/test-ingress.ts';

describe('the edge', () => {
  let database: TestDatabase;
  let plain: TestIngress;
  let behindProxy: TestIngress;
  beforeAll(async () => {
    database = await testDatabase();
    plain = await startTestIngress(database.url);
    behindProxy = await startTestIngress(database.url, {
      TRUSTED_PROXIES: '127.0.0.0/8',
      FORCE_HTTPS: 'true',
      CORS_ORIGINS: 'https://app.example.org, https://ops.example.org',
    });
  });
  afterAll(async () => {
    await Promise.all([plain?.stop(), behindProxy?.stop()]);
    await database?.drop();
  });

  it('plain HTTP is sent to https with 308, path and query kept; health and metrics are not', async () => {
    const endpoint = await anEndpoint(behindProxy);
    const response = await fetch(`${endpoint.url}?a=1`, { method: 'POST', body: '{"a":1}', redirect: 'manual' });
    expect(response.status).toBe(308);
    expect(response.headers.get('location')).toBe(`${endpoint.url.replace('http:', 'https:')}?a=1`);
    expect(((await response.json()) as { request_id: string }).request_id).toBe(response.headers.get('x-request-id'));
    for (const path of ['/health/live', '/health/ready', '/metrics'])
      expect((await fetch(behindProxy.url + path, { redirect: 'manual' })).status).toBe(200);
    expect((await post(endpoint, '{"a":1}', { 'x-forwarded-proto': 'https' })).status).toBe(202);
    const untrusting = await startTestIngress(database.url, {
      FORCE_HTTPS: 'true',
      PUBLIC_URL: 'https://hooks.example.org',
    });
    const refused = await fetch(endpoint.url.replace(behindProxy.url, untrusting.url), {
      method: 'POST',
      headers: { 'x-forwarded-proto': 'https' },
      redirect: 'manual',
    });
    await untrusting.stop();
    expect([refused.status, refused.headers.get('location')]).toEqual([
      308,
      `https://hooks.example.org/webhook/${endpoint.key}`,
    ]);
  });

  it('the address comes from X-Forwarded-For through trusted proxies only, and the IP list sees it', async () => {
    const listed = await anEndpoint(behindProxy, { verification: [{ type: 'ip', allow: ['203.0.113.0/24'] }] });
    const https = { 'x-forwarded-proto': 'https' };
    expect((await post(listed, '{"a":1}', { ...https, 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })).status).toBe(202);
    expect((await storedOf(behindProxy, listed.id))[0]?.source_ip).toBe('203.0.113.9');
    const denied = await post(listed, '{"a":1}', { ...https, 'x-forwarded-for': '203.0.113.9, 6.6.6.6' });
    expect([denied.status, ((await denied.json()) as { message: string }).message]).toEqual([
      403,
      'IP 6.6.6.6 not allowed',
    ]);
    const direct = { ...listed, url: listed.url.replace(behindProxy.url, plain.url) };
    expect((await post(direct, '{"a":1}', { 'x-forwarded-for': '203.0.113.9' })).status).toBe(403);
  });

  const preflight = (on: TestIngress, key: string, origin: string) =>
    fetch(`${on.url}/w/${key}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
        'x-forwarded-proto': 'https',
      },
    });

  it('OPTIONS answers the preflight: anyone by default', async () => {
    const endpoint = await anEndpoint(plain);
    const response = await preflight(plain, endpoint.key, 'https://anywhere.example');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('POST,OPTIONS');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    const posted = await post(endpoint, '{"a":1}', { origin: 'https://anywhere.example' });
    expect([
      posted.status,
      posted.headers.get('access-control-allow-origin'),
      posted.headers.get('access-control-expose-headers'),
    ]).toEqual([202, '*', 'X-Request-Id,Retry-After']);
    const refused = await post({ ...endpoint, token: 'wrong' }, '{"a":1}', { origin: 'https://anywhere.example' });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
    const bare = await fetch(endpoint.url, { method: 'OPTIONS' });
    expect([bare.status, bare.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });

  it('and only the named origins where they are named', async () => {
    const { key } = await anEndpoint(behindProxy);
    expect(
      (await preflight(behindProxy, key, 'https://ops.example.org')).headers.get('access-control-allow-origin'),
    ).toBe('https://ops.example.org');
    expect(
      (await preflight(behindProxy, key, 'https://evil.example.org')).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });

  it('health: live and ready are 200, services names the parts, other methods are 405', async () => {
    expect(await (await fetch(`${plain.url}/health/live`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${plain.url}/health/ready`)).json()).toEqual({ status: 'ok', database: 'up' });
    const services = await fetch(`${plain.url}/health/services`);
    expect(services.status).toBe(200);
    expect(await services.json()).toEqual({
      status: 'warning',
      database: 'up',
      dispatcher: 'none',
      temporal: 'down',
      worker: 'warning',
      ticketSystem: { name: 'desk', state: 'up', reason: null },
    });
    const wrong = await fetch(`${plain.url}/health/live`, { method: 'POST' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await fetch(`${plain.url}/health/ready`, { method: 'HEAD' })).status).toBe(200);
  });

  it('metrics count what happened, and no label carries a key, an id or a name', async () => {
    const on = await startTestIngress(database.url);
    const endpoint = await anEndpoint(on, { name: 'Nameable' });
    for (const body of ['{"a":1}', '{"a":2}', '{}']) await post(endpoint, body);
    await post(endpoint, '{"a":3}', { 'webhook-id': 'x' });
    await post(endpoint, '{"a":3}', { 'webhook-id': 'x' });
    await post({ ...endpoint, token: 'wrong' }, '{}');
    await fetch(`${on.url}/webhook/${'u'.repeat(64)}`, { method: 'POST' });
    const response = await fetch(`${on.url}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    await on.stop();
    const value = (series: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${series} `))
          ?.split(' ')[1] ?? NaN,
      );
    expect(value('hookwise_webhooks_received_total{status="queued"}')).toBe(3);
    expect(value('hookwise_webhooks_received_total{status="duplicate"}')).toBe(1);
    expect(value('hookwise_webhooks_received_total{status="bad_request"}')).toBe(1);
    expect(value('hookwise_webhooks_received_total{status="unauthorized"}')).toBe(1);
    expect(value('hookwise_webhooks_received_total{status="not_found"}')).toBe(1);
    expect(value('hookwise_refusals_total{reason="no-payload"}')).toBe(1);
    expect(value('hookwise_accept_seconds_count')).toBe(4);
    expect(value('hookwise_accept_queue_bytes')).toBe(0);
    expect(value('hookwise_database_up')).toBe(1);
    for (const secret of [endpoint.id, endpoint.key, 'Nameable']) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/hookwise_(inbox|dispatch|psa|bells)/);
  });

  it('a thousand failed attempts of one address are told so with 429; good credentials still pass', async () => {
    const on = await startTestIngress(database.url);
    const endpoint = await anEndpoint(on);
    const seen = new Map<number, number>();
    let retryAfter: string | null = null;
    const lanes = Array.from({ length: 10 }, async () => {
      for (let n = 0; n < 130; n++) {
        const response = await post({ ...endpoint, token: 'wrong' }, '{"a":1}');
        await response.arrayBuffer();
        seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
        if (response.status === 429) retryAfter = response.headers.get('retry-after');
      }
    });
    await Promise.all(lanes);
    expect([...seen.keys()].sort()).toEqual([401, 429]);
    expect(seen.get(401)).toBeGreaterThanOrEqual(1_000);
    expect(retryAfter).toBe('30');
    const kept = async () =>
      (
        await on.pool.query<{ status: number }>('select distinct status from refusal where endpoint_id = $1', [
          endpoint.id,
        ])
      ).rows;
    await eventually(async () => (await kept()).length === 2, 10_000);
    expect((await kept()).map(({ status }) => status).toSorted()).toEqual([401, 429]);
    expect((await post(endpoint, '{"a":1}')).status).toBe(202);
    await eventually(async () => (await storedOf(on, endpoint.id)).length === 1);
    await on.stop();
  });
});
