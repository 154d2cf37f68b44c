import { afterAll, beforeAll, expect, test } from 'vitest';
import { shardOf } from '../../../infra/database/shard.ts';
import { freeHeld, shardsWithHeld } from '../../../ingress/dispatcher/free-held.ts';
import { BATCH_LIMITS, planShard, type ShardResult } from '../../../ingress/dispatcher/plan-shard.ts';
import { aConfig } from '../../support/builders.ts';
import { aBeat, aDispatchBench, type DispatchBench } from '../../support/dispatch-bench.ts';
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

const plan = (endpointId: string): Promise<ShardResult> =>
  planShard(bench.plan, shardOf(endpointId), { ...BATCH_LIMITS, planMs: 10_000 });
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
