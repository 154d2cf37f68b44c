import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import {
  anEndpoint,
  post,
  startTestIngress,
  storedOf,
  type TestEndpoint,
  type TestIngress,
} from './support/test-ingress.ts';

describe('the same delivery id again', () => {
  let database: TestDatabase;
  let one: TestIngress;
  let two: TestIngress;
  beforeAll(async () => {
    database = await testDatabase();
    [one, two] = await Promise.all([startTestIngress(database.url), startTestIngress(database.url)]);
  });
  afterAll(async () => {
    await Promise.all([one?.stop(), two?.stop()]);
    await database?.drop();
  });

  const send = async (endpoint: TestEndpoint, headers: Record<string, string>, via = one) => {
    const response = await post({ ...endpoint, url: endpoint.url.replace(one.url, via.url) }, '{"a":1}', headers);
    const body = (await response.json()) as { status: string; request_id: string };
    return {
      code: response.status,
      status: body.status,
      id: body.request_id,
      header: response.headers.get('x-request-id'),
    };
  };

  it.each(['Idempotency-Key', 'webhook-id', 'X-GitHub-Delivery'])(
    '%s: 202, the first request id, "duplicate"',
    async (header) => {
      const endpoint = await anEndpoint(one);
      const first = await send(endpoint, { [header]: 'd-1' });
      expect(first).toMatchObject({ code: 202, status: 'queued' });
      const second = await send(endpoint, { [header]: 'd-1' });
      expect(second).toEqual({ code: 202, status: 'duplicate', id: first.id, header: first.id });
      expect((await send(endpoint, { [header]: 'd-2' })).status).toBe('queued');
      expect((await send(endpoint, { [header]: 'd-1' }, two)).id).toBe(first.id);
      expect(await storedOf(one, endpoint.id)).toHaveLength(2);
    },
  );

  it('is per endpoint, and only counts after verification', async () => {
    const [endpoint, other] = [await anEndpoint(one), await anEndpoint(one)];
    expect((await send({ ...endpoint, token: 'wrong' }, { 'webhook-id': 'd-1' })).code).toBe(401);
    expect((await send(endpoint, { 'webhook-id': 'd-1' })).status).toBe('queued');
    expect((await send(other, { 'webhook-id': 'd-1' })).status).toBe('queued');
  });

  it('fifty copies at once over two processes make one row and one queued answer', async () => {
    for (let round = 0; round < 4; round++) {
      const endpoint = await anEndpoint(one);
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) => send(endpoint, { 'idempotency-key': `r-${round}` }, n % 2 ? one : two)),
      );
      expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([202]));
      expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
      expect(answers.filter(({ status }) => status === 'queued')).toHaveLength(1);
      expect(await storedOf(one, endpoint.id)).toHaveLength(1);
    }
  });

  it('is known after a restart', async () => {
    const endpoint = await anEndpoint(one);
    const first = await send(endpoint, { 'webhook-id': 'kept' });
    const third = await startTestIngress(database.url);
    const again = await send(endpoint, { 'webhook-id': 'kept' }, third);
    await third.stop();
    expect(again).toMatchObject({ status: 'duplicate', id: first.id });
  });
});

describe('a change of configuration', () => {
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
  const statusOf = async (endpoint: TestEndpoint) => (await post(endpoint, '{"a":1}')).status;

  it('holds within a second: disabled, enabled, deleted', async () => {
    const endpoint = await anEndpoint(on);
    expect(await statusOf(endpoint)).toBe(202);
    for (const [change, status] of [
      ['enabled = false', 403],
      ['enabled = true', 202],
      ['deleted_at = now()', 404],
    ] as const) {
      await on.pool.query(`update endpoint set ${change} where id = $1`, [endpoint.id]);
      await expect.poll(() => statusOf(endpoint), { timeout: 1_500, interval: 20 }).toBe(status);
    }
  });

  it('a new endpoint is found within a second although its key was just unknown', async () => {
    const known = await anEndpoint(on);
    await on.pool.query('update endpoint set deleted_at = now() where id = $1', [known.id]);
    await expect.poll(() => statusOf(known), { timeout: 1_500, interval: 20 }).toBe(404);
    await on.pool.query('update endpoint set deleted_at = null where id = $1', [known.id]);
    await expect.poll(() => statusOf(known), { timeout: 1_500, interval: 20 }).toBe(202);
  });

  it('is seen by the poll alone when no notice comes', async () => {
    const endpoint = await anEndpoint(on);
    expect(await statusOf(endpoint)).toBe(202);
    await on.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'hookwise-ingress-listen'`,
    );
    await on.pool.query('alter table endpoint disable trigger endpoint_bumps_config');
    await on.pool.query('update endpoint set enabled = false where id = $1', [endpoint.id]);
    await on.pool.query('update config_version set version = version + 1');
    await on.pool.query('alter table endpoint enable trigger endpoint_bumps_config');
    await expect.poll(() => statusOf(endpoint), { timeout: 2_500, interval: 20 }).toBe(403);
  });

  it('an old key works beside the new one until it ends', async () => {
    const [endpoint, carrier] = [await anEndpoint(on), await anEndpoint(on)];
    const until = async (sql: string) => {
      await on.pool.query(
        `update endpoint set old_key_digest = sha256(convert_to($2, 'UTF8')), old_key_until = ${sql} where id = $1`,
        [endpoint.id, `old-${endpoint.key.slice(4)}`],
      );
    };
    const viaOld = { ...endpoint, url: `${on.url}/w/old-${endpoint.key.slice(4)}` };
    await until(`now() + interval '3 seconds'`);
    await expect.poll(() => statusOf(viaOld), { timeout: 1_500, interval: 20 }).toBe(202);
    expect(await statusOf(endpoint)).toBe(202);
    await expect.poll(() => statusOf(viaOld), { timeout: 5_000, interval: 50 }).toBe(404);
    expect(await statusOf(endpoint)).toBe(202);
    expect(await statusOf(carrier)).toBe(202);
  });
});
