import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import { spawnIngress } from './support/ingress-process.ts';
import {
  anEndpoint,
  post,
  startTestIngress,
  storedOf,
  type TestEndpoint,
  type TestIngress,
} from './support/test-ingress.ts';

describe('the ingress process', () => {
  let database: TestDatabase;
  let on: TestIngress;
  let endpoint: TestEndpoint;
  beforeAll(async () => {
    database = await testDatabase();
    on = await startTestIngress(database.url);
    endpoint = await anEndpoint(on);
  });
  afterAll(async () => {
    await on?.stop();
    await database?.drop();
  });
  const via = (url: string) => ({ ...endpoint, url: endpoint.url.replace(on.url, url) });

  it('ends on SIGTERM within seconds with everything settled: each 202 is in the database', async () => {
    const child = await spawnIngress({ DATABASE_URL: database.url });
    const there = via(child.url);
    const accepted: string[] = [];
    let isUp = true;
    const lanes = Array.from({ length: 20 }, async () => {
      while (isUp) {
        try {
          const response = await post(there, '{"a":1}');
          if (response.status === 202) accepted.push(((await response.json()) as { request_id: string }).request_id);
          else expect(response.status).toBe(503);
        } catch {
          isUp = false;
        }
      }
    });
    await eventually(() => accepted.length > 200);
    const began = Date.now();
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
    expect(Date.now() - began).toBeLessThan(5_000);
    await Promise.all(lanes);
    const stored = new Set((await storedOf(on, endpoint.id)).map(({ id }) => id));
    expect(accepted.filter((id) => !stored.has(id))).toEqual([]);
  });

  it('loses nothing it answered when it is killed', async () => {
    const child = await spawnIngress({ DATABASE_URL: database.url });
    const there = via(child.url);
    const accepted: string[] = [];
    const lanes = Array.from({ length: 20 }, async () => {
      for (;;) {
        const response = await post(there, '{"a":1}').catch(() => null);
        if (response === null) return;
        const body = (await response.json().catch(() => null)) as { request_id: string } | null;
        if (response.status === 202 && body) accepted.push(body.request_id);
      }
    });
    await eventually(() => accepted.length > 200);
    child.kill('SIGKILL');
    await Promise.all(lanes);
    const stored = new Set((await storedOf(on, endpoint.id)).map(({ id }) => id));
    expect(accepted.filter((id) => !stored.has(id))).toEqual([]);
  });

  it('does not start on a database that may lose what was committed', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await on.pool.query(`alter database ${name} set synchronous_commit = off`);
    const child = await spawnIngress({ DATABASE_URL: database.url }, null);
    const code = await child.ended;
    await on.pool.query(`alter database ${name} reset synchronous_commit`);
    expect(code).toBe(1);
    expect(child.output()).toContain('synchronous_commit is off');
  });

  it.each([
    ['a key of the wrong form', { ENCRYPTION_KEY: 'short' }, /ENCRYPTION_KEY must be 32 bytes/],
    ['a proxy that is no address', { TRUSTED_PROXIES: '10.0.0.0/8,nonsense' }, /"nonsense" is neither/],
    ['a role that is none', { ROLES: 'ingress,cook' }, /ROLES/],
  ])('says what is wrong with %s and ends', async (_, environment, message) => {
    const child = await spawnIngress({ DATABASE_URL: database.url, ...environment }, null);
    expect(await child.ended).toBe(1);
    expect(child.output()).toMatch(message);
  });

  it('ROLES=dispatcher: health and metrics of the dispatcher, no webhooks, none of the series of accepting', async () => {
    const child = await spawnIngress({ DATABASE_URL: database.url, ROLES: 'dispatcher' });
    expect((await post(via(child.url), '{"a":1}')).status).toBe(404);
    const text = await (await fetch(`${child.url}/metrics`)).text();
    expect(text).toContain('hookwise_inbox_depth');
    expect(text).not.toContain('hookwise_webhooks_received_total');
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  });

  it('both roles: one scrape lists the series of both, once each', async () => {
    const child = await spawnIngress({ DATABASE_URL: database.url, ROLES: 'ingress,dispatcher' });
    expect((await post(via(child.url), '{"a":1}')).status).toBe(202);
    const text = await (await fetch(`${child.url}/metrics`)).text();
    const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'hookwise_webhooks_received_total',
        'hookwise_webhooks_total',
        'hookwise_inbox_depth',
        'hookwise_inbox_age_seconds',
        'hookwise_dispatch_lag_seconds',
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  });

  it('a flood of large bodies fills no more than its bounds, and what is not taken is told so', async () => {
    const child = await spawnIngress({ DATABASE_URL: database.url });
    const flooded = await anEndpoint(on);
    const there = { ...flooded, url: flooded.url.replace(on.url, child.url) };
    const body = Buffer.from(`{"a":"${randomBytes(500_000).toString('hex')}"}`);
    const seen = new Map<number, number>();
    const lanes = Array.from({ length: 150 }, async () => {
      for (let n = 0; n < 2; n++) {
        const status = await post(there, body).then(
          async (response) => (await response.arrayBuffer(), response.status),
          () => 0,
        );
        seen.set(status, (seen.get(status) ?? 0) + 1);
      }
    });
    await Promise.all(lanes);
    expect((await fetch(`${child.url}/health/live`)).status).toBe(200);
    const { rows } = await on.pool.query('select count(*)::int as stored from webhook where endpoint_id = $1', [
      flooded.id,
    ]);
    expect(rows[0].stored).toBe(seen.get(202));
    expect([...seen.keys()].filter((status) => ![0, 202, 429, 503].includes(status))).toEqual([]);
    expect(child.peakMemoryMiB()).toBeLessThan(480);
    child.kill('SIGTERM');
    expect(await child.ended).toBe(0);
  });
});
