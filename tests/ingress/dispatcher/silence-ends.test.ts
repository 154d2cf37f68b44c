import { afterAll, beforeAll, expect, it } from 'vitest';
import { BATCH_LIMITS, planShard } from '../../../ingress/dispatcher/plan-shard.ts';
import { shardOf } from '../../../infra/database/shard.ts';
import { aBeat, aDispatchBench, type DispatchBench } from '../../support/dispatch-bench.ts';
import { aHeartbeatBench, type HeartbeatBench } from '../../support/heartbeat-bench.ts';
import { benchPool } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import type { Pool } from '../../../infra/database/pool.ts';

let database: TestDatabase;
let pool: Pool;
let dispatch: DispatchBench;
let heartbeats: HeartbeatBench;
beforeAll(async () => {
  database = await testDatabase();
  pool = benchPool(database.url);
  dispatch = aDispatchBench(database.url);
  heartbeats = await aHeartbeatBench(pool);
});
afterAll(async () => {
  await dispatch?.end();
  await pool?.end();
  await database?.drop();
});

const HOUR = 3_600_000;
const silent = async () => {
  const id = await heartbeats.endpoint({ timeoutMinutes: 60 }, Date.now() - HOUR - 1_000);
  expect(await heartbeats.look(id, Date.now())).toMatchObject({ phase: 'overdue' });
  return id;
};
const plan = (id: string) => planShard(dispatch.plan, shardOf(id), BATCH_LIMITS);

it('a webhook closes the silence once, in its own planning, and is itself planned as ever', async () => {
  const id = await silent();
  const [first = ''] = await dispatch.receive(id, [aBeat(0), aBeat(1)]);
  const { raised } = await plan(id);
  expect(raised.map(({ key }) => key)).not.toContain(`incident:${id}:heartbeat`);
  expect((await heartbeats.alerts(id)).map(({ kind }) => kind)).toEqual(['open', 'close']);
  expect((await heartbeats.alerts(id))[1]?.message).toContain(first);
  const { rows: ends } = await pool.query(
    `select t.plan -> 'sender' as sender from alert a join webhook_text t on t.id = a.webhook_id where a.endpoint_id = $1 and a.kind = 'close' and t.plan -> 'sender' is not null`,
    [id],
  );
  expect(ends).toEqual([{ sender: { kind: 'heartbeat-end', webhookId: first } }]);
  expect(await dispatch.alertsOf(first)).toMatchObject([{ n: 0, kind: 'open', state: 'open' }]);
  await dispatch.receive(id, [aBeat(1)]);
  await plan(id);
  expect(await heartbeats.alerts(id)).toHaveLength(2);
});

it('one that says nothing of an incident, or cannot be planned, is a sign of life all the same', async () => {
  for (const body of [{ some: 'thing' }, Buffer.from('{"broken')]) {
    const id = await silent();
    await dispatch.receive(id, [body]);
    await plan(id);
    expect((await heartbeats.alerts(id)).map(({ kind }) => kind)).toEqual(['open', 'close']);
  }
});

it('tests and replays end no silence', async () => {
  const id = await silent();
  await dispatch.receive(id, [aBeat(1)], { origin: 'test' });
  await dispatch.receive(id, [aBeat(1)], { origin: 'replay', replayRules: 'today' });
  await plan(id);
  expect((await heartbeats.alerts(id)).map(({ kind }) => kind)).toEqual(['open']);
});
