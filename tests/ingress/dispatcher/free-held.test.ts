import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { shardOf } from '../../../infra/database/shard.ts';
import { freeHeld, shardsWithHeld } from '../../../ingress/dispatcher/free-held.ts';
import { aConfig } from '../../support/builders.ts';
import { aBeat, aDispatchBench, type DispatchBench } from '../../support/dispatch-bench.ts';
import { eventually } from '../../support/eventually.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let bench: DispatchBench;

beforeAll(async () => {
  database = await testDatabase();
  bench = aDispatchBench(database.url);
});

afterAll(async () => {
  await bench?.end();
  await database?.drop();
});

const plan: DispatchBench['planned'] = (...of) => bench.planned(...of);
const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};

const HOLD = {
  type: 'once',
  start: '2020-01-01T00:00:00Z',
  end: '2099-01-01T00:00:00Z',
  timezone: 'UTC',
  policy: 'hold',
} as const;

test('held alerts ring nobody until nothing suppresses them; a close before that makes them history', async () => {
  const id = await bench.endpoint({ maintenance: [HOLD] });
  const [stays, recovers, closes] = await bench.receive(id, [
    aBeat(0, 'Stays'),
    aBeat(0, 'Recovers'),
    aBeat(1, 'Recovers'),
  ]);
  const result = await plan(id);
  expect(only(result.raised).key).toBe(only(await bench.alertsOf(closes ?? '')).key);
  expect(only(await bench.alertsOf(stays ?? ''))).toMatchObject({ state: 'held', settled: false });
  expect(only(await bench.alertsOf(recovers ?? ''))).toMatchObject({ state: 'skipped', settled: true });
  expect(await shardsWithHeld(bench.pool)).toEqual([shardOf(id)]);

  expect(await freeHeld(bench.plan, shardOf(id), new Date())).toEqual({ freed: 0, raised: [] });
  await bench.configure(id, aConfig());
  const { freed, raised } = await freeHeld(bench.plan, shardOf(id), new Date());
  expect(freed).toBe(1);
  expect(only(raised).key).toBe(only(await bench.alertsOf(stays ?? '')).key);
  expect(only(await bench.alertsOf(stays ?? ''))).toMatchObject({ state: 'open', settled: false });
  expect(await shardsWithHeld(bench.pool)).toEqual([]);
});

const END = Date.parse(HOLD.end);
const held = async (): Promise<number> =>
  (await bench.pool.query<{ count: number }>(`select count(*)::int as count from alert where state = 'held'`)).rows[0]
    ?.count ?? -1;

test('held alerts are freed by the clock at the very end of their window, and readers of the live feed are told', async () => {
  const id = await bench.endpoint({ maintenance: [HOLD] });
  const webhook = only(await bench.receive(id, [aBeat(0)]));
  await plan(id);
  expect((await freeHeld(bench.plan, shardOf(id), new Date(END - 1))).freed).toBe(0);
  await bench.pool.query('delete from live_change');
  const { freed, raised } = await freeHeld(bench.plan, shardOf(id), new Date(END));
  expect([freed, raised.length]).toEqual([1, 1]);
  const { rows } = await bench.pool.query(`select topic, endpoint_id, count, ids from live_change`);
  expect(rows).toEqual([{ topic: 'alert', endpoint_id: id, count: 1, ids: [webhook] }]);
});

test('deleting a window for all endpoints frees what it held', async () => {
  const id = await bench.endpoint();
  await bench.pool.query(
    `insert into maintenance_window (id, name, config, created_by) values ($1, 'All', $2, 'test')`,
    [id, HOLD],
  );
  await bench.receive(id, [aBeat(0)]);
  await plan(id);
  expect((await freeHeld(bench.plan, shardOf(id), new Date())).freed).toBe(0);
  await bench.pool.query('delete from maintenance_window');
  expect((await freeHeld(bench.plan, shardOf(id), new Date())).freed).toBe(1);
});

/** Endpoints of one shard with these configurations, in the order of their ids. */
async function neighbours(configs: readonly Parameters<DispatchBench['endpoint']>[0][]): Promise<string[]> {
  const shard = shardOf(randomUUID());
  const ids: string[] = [];
  while (ids.length < configs.length) {
    const id = randomUUID();
    if (shardOf(id) === shard) ids.push(id);
  }
  ids.sort();
  for (const [n, id] of ids.entries()) await bench.endpoint(configs[n], id);
  return ids;
}

test('what one endpoint holds for years does not keep back what its neighbour is free to send', async () => {
  const [long = '', short = ''] = await neighbours([{ maintenance: [HOLD] }, { maintenance: [HOLD] }]);
  await bench.receive(
    long,
    Array.from({ length: 501 }, (_, n) => aBeat(0, `Host ${n}`)),
  );
  const webhook = only(await bench.receive(short, [aBeat(0)]));
  while ((await plan(long)).hasMore);
  expect(await held()).toBe(502);
  await bench.configure(short, aConfig());
  expect((await freeHeld(bench.plan, shardOf(short), new Date())).freed).toBe(1);
  expect(only(await bench.alertsOf(webhook)).state).toBe('open');
  await bench.configure(long, aConfig());
  const freed = [
    await freeHeld(bench.plan, shardOf(long), new Date()),
    await freeHeld(bench.plan, shardOf(long), new Date()),
  ];
  expect(freed.map((one) => one.freed)).toEqual([500, 1]);
  expect(await held()).toBe(0);
});

const HELD = 1_000;

test('a thousand held incidents are freed by one edit within seconds, and what is received meanwhile is planned at once', async () => {
  const [quiet = '', loud = ''] = await neighbours([{ maintenance: [HOLD] }, {}]);
  await bench.receive(
    quiet,
    Array.from({ length: HELD }, (_, n) => aBeat(0, `Host ${n}`)),
  );
  while ((await plan(quiet)).hasMore);
  expect(await held()).toBe(HELD);
  let told = 0;
  const silent = { withDeadline: () => Promise.resolve() } as unknown as Client;
  const { dispatcher } = bench.dispatcher(silent, undefined, 50, () => void (told += 1));
  try {
    await bench.configure(quiet, aConfig());
    const began = performance.now();
    const tooks: number[] = [];
    while ((await held()) > 0) {
      const sent = performance.now();
      const webhook = only(await bench.receive(loud, [aBeat(0, `Loud ${tooks.length}`)]));
      dispatcher.wake([shardOf(loud)]);
      await eventually(async () => (await bench.stateOf(webhook)).state === 'planned', 10_000, 5);
      tooks.push(performance.now() - sent);
    }
    tooks.sort((a, b) => a - b);
    expect(performance.now() - began, 'all are free').toBeLessThan(10_000);
    expect(tooks[Math.floor(tooks.length / 2)], 'received to planned, the median').toBeLessThan(500);
    expect(tooks.at(-1), 'received to planned, the slowest').toBeLessThan(2_500);
    expect(told, 'readers are told of the plans and of each lot that was freed').toBeGreaterThan(tooks.length);
    expect((await bench.incidents(quiet)).filter(({ bell }) => bell)).toHaveLength(HELD);
  } finally {
    await dispatcher.stop();
  }
}, 60_000);
