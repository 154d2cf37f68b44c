import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { testDatabase, type TestDatabase } from '../support/postgres.ts';
import { freePort } from '../../infra/stack/ports.ts';
import { createPool, type Pool } from '../../infra/database/pool.ts';
import { postgresGate, type PostgresGate } from './support/postgres-gate.ts';
import {
  anEndpoint,
  post,
  startTestIngress,
  storedOf,
  type TestEndpoint,
  type TestIngress,
} from './support/test-ingress.ts';

describe('Postgres away', () => {
  let database: TestDatabase;
  let gate: PostgresGate;
  let on: TestIngress;
  let endpoint: TestEndpoint;
  let direct: Pool;
  beforeAll(async () => {
    database = await testDatabase();
    gate = await postgresGate(database.url);
    direct = createPool(database.url, { name: 'direct', max: 2 });
    const through = await startTestIngress(gate.url);
    on = { ...through, pool: direct };
    endpoint = await anEndpoint(on);
    expect((await post(endpoint, '{"n":-1}')).status).toBe(202);
  });
  afterAll(async () => {
    await gate?.open();
    await on?.stop();
    await direct?.end();
    await gate?.end();
    await database?.drop();
  });

  const ask = async (n: number) => {
    const began = performance.now();
    const response = await post(endpoint, `{"n":${n}}`);
    const { request_id: id } = (await response.json()) as { request_id: string };
    return {
      status: response.status,
      id,
      ms: performance.now() - began,
      retryAfter: response.headers.get('retry-after'),
    };
  };
  const reasonsKept = async () => {
    const { rows } = await direct.query<{ reason: string }>('select reason from refusal where endpoint_id = $1', [
      endpoint.id,
    ]);
    return rows.map(({ reason }) => reason);
  };
  const ready = async () => (await fetch(`${on.url}/health/ready`)).status;

  it('cut: 503 with Retry-After at once, never 202; it comes back by itself, and every 202 is there', async () => {
    const accepted: string[] = [];
    let isStorming = true;
    const storm = Promise.all(
      Array.from({ length: 8 }, async (_, lane) => {
        for (let n = 0; isStorming; n++) {
          const answer = await ask(lane * 100_000 + n);
          expect([202, 503]).toContain(answer.status);
          if (answer.status === 202) accepted.push(answer.id);
        }
      }),
    );
    await eventually(() => accepted.length > 50);
    await gate.cut();
    await eventually(async () => (await ask(1)).status === 503);
    const during = await Promise.all(Array.from({ length: 50 }, (_, n) => ask(n)));
    expect(new Set(during.map(({ status }) => status))).toEqual(new Set([503]));
    expect(during.every(({ retryAfter }) => retryAfter === '5')).toBe(true);
    expect(Math.max(...during.map(({ ms }) => ms))).toBeLessThan(1_500);
    expect(await ready()).toBe(503);
    expect((await fetch(`${on.url}/health/live`)).status).toBe(200);
    const before = accepted.length;
    await gate.open();
    await eventually(() => accepted.length > before + 50);
    isStorming = false;
    await storm;
    expect(await ready()).toBe(200);
    const stored = new Set((await storedOf(on, endpoint.id)).map(({ id }) => id));
    expect(accepted.filter((id) => !stored.has(id))).toEqual([]);
    await eventually(async () => (await reasonsKept()).includes('unavailable'), 10_000);
  });

  it('frozen: nobody waits longer than the deadline, those who come later are refused at once, and it recovers', async () => {
    gate.freeze();
    const first = await ask(7);
    expect(first.status).toBe(503);
    expect(first.ms).toBeLessThan(9_000);
    const later = await ask(8);
    expect(later.status).toBe(503);
    expect(later.ms).toBeLessThan(1_000);
    await gate.open();
    await eventually(async () => (await ask(9)).status === 202, 20_000);
  }, 60_000);

  it('a broken connection between two batches costs nobody an answer', async () => {
    await direct.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'hookwise-inbox'`,
    );
    expect((await ask(10)).status).toBe(202);
  });

  it('the partition of the day is made when it is missing', async () => {
    const { rows } = await direct.query<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent in ('webhook'::regclass, 'webhook_text'::regclass, 'alert'::regclass)`,
    );
    for (const { name } of rows) await direct.query(`drop table ${name}`);
    expect((await ask(11)).status).toBe(202);
  });

  it('started while Postgres is away, it listens, answers 503, and takes webhooks once it is there', async () => {
    const closed = await postgresGate(database.url);
    await closed.cut();
    const port = await freePort();
    const starting = startTestIngress(closed.url, { PORT: String(port) });
    const there = { ...endpoint, url: endpoint.url.replace(on.url, `http://127.0.0.1:${port}`) };
    await eventually(async () => (await post(there, '{"n":12}')).status === 503);
    await closed.open();
    const late = await starting;
    expect((await post(there, '{"n":13}')).status).toBe(202);
    await late.stop();
    await closed.end();
  });
});
