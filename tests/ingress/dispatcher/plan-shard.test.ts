import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCipher } from '../../../infra/crypto/cipher.ts';
import { shardOf } from '../../../infra/database/shard.ts';
import { writeWebhooks } from '../../../infra/database/write-webhooks.ts';
import { createConfigCache } from '../../../ingress/dispatcher/config-cache.ts';
import { planCarefully } from '../../../ingress/dispatcher/plan-carefully.ts';
import { BATCH_LIMITS, planShard } from '../../../ingress/dispatcher/plan-shard.ts';
import { createLogger } from '../../../infra/observability/logger.ts';
import { aConfig } from '../../support/builders.ts';
import { aBeat, aDispatchBench, UNHURRIED, type DispatchBench } from '../../support/dispatch-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { aWebhook } from '../../support/a-webhook.ts';

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

test('an open becomes an alert of an incident whose bell went up, with the masked body and the plan kept', async () => {
  const id = await bench.endpoint();
  const webhook = only(await bench.receive(id, [aBeat(0, 'Web', { apiToken: 'hunter2' })]));
  const result = await plan(id);
  const alert = only(await bench.alertsOf(webhook));
  expect(alert).toMatchObject({ n: 0, kind: 'open', state: 'open', settled: false, error: null });
  expect(only(result.raised)).toMatchObject({
    key: alert.key,
    endpointId: id,
    summary: expect.stringContaining('Web'),
  });
  expect(only(await bench.incidents(id))).toMatchObject({
    key: alert.key,
    bell: true,
    alerts: 1,
    sent: false,
    rung: 0,
  });
  const kept = await bench.stateOf(webhook);
  expect(kept).toMatchObject({ state: 'planned', failure: null, plan: { configVersion: 1 } });
  expect(kept.body).toContain('"apiToken":"********"');
  expect((await plan(id)).planned).toEqual([]);
});

test('a bell that is up is not raised again, and its alerts are counted', async () => {
  const id = await bench.endpoint();
  await bench.receive(id, [aBeat(0), aBeat(0)]);
  expect((await plan(id)).raised).toHaveLength(1);
  await bench.pool.query('update incident set bell_sent_at = now(), bell_rung = 2 where endpoint_id = $1', [id]);
  await bench.receive(id, [aBeat(0)]);
  expect((await plan(id)).raised).toEqual([]);
  expect(only(await bench.incidents(id))).toMatchObject({ alerts: 3, rung: 2, sent: true });
  await bench.pool.query('update incident set bell = false where endpoint_id = $1', [id]);
  await bench.receive(id, [aBeat(1)]);
  expect((await plan(id)).raised).toHaveLength(1);
  expect(only(await bench.incidents(id))).toMatchObject({ alerts: 4, rung: 0, sent: false, bell: true });
});

test('two dispatchers at once plan each webhook once, and each endpoint in seq order', async () => {
  const ids = await Promise.all([1, 2, 3, 4].map(() => bench.endpoint()));
  for (let round = 0; round < 5; round++)
    for (const id of ids)
      await bench.receive(
        id,
        Array.from({ length: 15 }, (_, n) => aBeat(n % 4 === 3 ? 1 : 0)),
      );
  const planned: string[] = [];
  const seqs = new Map<string, number[]>();
  const dispatch = async () => {
    const deps = { ...bench.plan, cache: createConfigCache() };
    const left = async () =>
      ((await bench.pool.query(`select from webhook where endpoint_id = any($1) and state = 'received'`, [ids]))
        .rowCount ?? 0) > 0;
    while (await left()) {
      for (const shard of new Set(ids.map(shardOf))) {
        const result = await planShard(deps, shard, { ...UNHURRIED, rows: 7 });
        for (const { row } of result.planned) {
          planned.push(row.id);
          seqs.set(row.endpointId, [...(seqs.get(row.endpointId) ?? []), row.seq]);
        }
      }
    }
  };
  await Promise.all([dispatch(), dispatch(), dispatch()]);
  expect(planned).toHaveLength(300);
  expect(new Set(planned).size).toBe(300);
  const { rows } = await bench.pool.query('select count(*) as alerts from alert where endpoint_id = any($1)', [ids]);
  expect(rows[0]).toEqual({ alerts: 300 });
  for (const list of seqs.values()) expect(list).toEqual([...list].sort((a, b) => a - b));
});

test('a transaction takes at least one webhook and not more than its limits', async () => {
  const id = await bench.endpoint();
  await bench.receive(
    id,
    Array.from({ length: 6 }, () => aBeat(0)),
  );
  expect(await plan(id, { ...UNHURRIED, planMs: 0 })).toMatchObject({ hasMore: true, planned: { length: 1 } });
  expect(await plan(id, { ...UNHURRIED, rows: 2 })).toMatchObject({ hasMore: true, planned: { length: 2 } });
  expect(await plan(id, { ...UNHURRIED, alerts: 1 })).toMatchObject({ hasMore: true, planned: { length: 1 } });
  expect(await plan(id)).toMatchObject({ hasMore: false, planned: { length: 2 } });
});

test('an edit holds from the next planned webhook on', async () => {
  const id = await bench.endpoint();
  await bench.receive(id, [aBeat(0)]);
  await plan(id);
  await bench.configure(id, aConfig({ ticketing: { openValues: ['7'], closeValues: ['0'] } }));
  const webhook = only(await bench.receive(id, [aBeat(0)]));
  await plan(id);
  expect(only(await bench.alertsOf(webhook)).kind).toBe('close');
  expect((await bench.stateOf(webhook)).plan?.configVersion).toBe(2);
});

test('what cannot be planned fails with the exact reason, and its batch mates are planned', async () => {
  const id = await bench.endpoint();
  const [good] = await bench.receive(id, [aBeat(0)]);
  const [bad] = await bench.receive(id, [Buffer.from('{"a":')]);
  const foreign = aWebhook({
    endpointId: id,
    shard: shardOf(id),
    raw: createCipher(randomBytes(32)).encrypt('{}', 'x'),
  });
  await writeWebhooks(bench.pool, [foreign]);
  const [last] = await bench.receive(id, [aBeat(0)]);
  await plan(id);
  expect(await bench.stateOf(bad ?? '')).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('not valid JSON'),
  });
  expect(await bench.stateOf(foreign.id)).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('key that is not configured'),
  });
  for (const one of [good, last]) expect((await bench.stateOf(one ?? '')).state).toBe('planned');
});

test('a plan that the database refuses fails alone, with its words', async () => {
  const id = await bench.endpoint();
  const ids = await bench.receive(id, [aBeat(0, 'first'), aBeat(0, 'Poison'), aBeat(0, 'last')]);
  await bench.pool.query(`alter table webhook_text add constraint no_poison check (body not like '%Poison%')`);
  for (let round = 0; round < 4; round++)
    await planCarefully(bench.plan, shardOf(id), createLogger('test', 'fatal'), BATCH_LIMITS);
  await bench.pool.query('alter table webhook_text drop constraint no_poison');
  const states = await Promise.all(ids.map((one) => bench.stateOf(one)));
  expect(states.map(({ state }) => state)).toEqual(['planned', 'failed', 'planned']);
  expect(states[1]?.failure).toContain('no_poison');
});

test('NUL and half surrogates in a body are planned like any other', async () => {
  const id = await bench.endpoint();
  const webhook = only(
    await bench.receive(id, [
      Buffer.from('{"heartbeat":{"status":0,"msg":"a\\u0000b\\ud800c"},"monitor":{"name":"x\\udfff"}}'),
    ]),
  );
  await plan(id);
  expect((await bench.stateOf(webhook)).state).toBe('planned');
  expect(only(await bench.alertsOf(webhook)).state).toBe('open');
});

test('other values and drafts are history only, settled at once, and make no incident', async () => {
  const id = await bench.endpoint();
  const draft = await bench.endpoint({ draft: true });
  const [other] = await bench.receive(id, [{ heartbeat: { status: 5 } }]);
  const [drafted] = await bench.receive(draft, [aBeat(0)]);
  await plan(id);
  await plan(draft);
  for (const webhook of [other, drafted])
    expect(only(await bench.alertsOf(webhook ?? ''))).toMatchObject({
      state: 'skipped',
      settled: true,
      error: null,
      key: null,
    });
  expect((await bench.stateOf(drafted ?? '')).plan?.alerts[0]?.explanation).toContain('draft');
  expect([...(await bench.incidents(id)), ...(await bench.incidents(draft))]).toEqual([]);
});

test('an accepted webhook of an endpoint deleted since is planned', async () => {
  const id = await bench.endpoint();
  const webhook = only(await bench.receive(id, [aBeat(0)]));
  await bench.pool.query('update endpoint set deleted_at = now() where id = $1', [id]);
  await plan(id);
  expect(only(await bench.alertsOf(webhook))).toMatchObject({ state: 'open' });
});

test('a webhook that splits makes an alert and an incident an item, in one batch', async () => {
  const id = await bench.endpoint({
    ticketing: { splitPath: '$.alerts[*]', triggerField: 'status', openValues: ['firing'], closeValues: ['resolved'] },
  });
  const items = Array.from({ length: 30 }, (_, n) => ({
    status: n === 29 ? 'resolved' : 'firing',
    name: `disk ${n % 10}`,
  }));
  const webhook = only(await bench.receive(id, [{ alerts: items }]));
  const result = await plan(id);
  expect(await bench.alertsOf(webhook)).toHaveLength(30);
  expect(await bench.incidents(id)).toHaveLength(10);
  expect(result.raised).toHaveLength(10);
});

const BY_CUSTOMER = { ticketing: { mapping: { customer_id: '$.customer' } } };

test('a close that names no customer closes the only open incident with its summary', async () => {
  const id = await bench.endpoint(BY_CUSTOMER);
  const [opened, closed] = await bench.receive(id, [aBeat(0, 'Web', { customer: 'ACME' }), aBeat(1)]);
  await plan(id);
  const open = only(await bench.alertsOf(opened ?? ''));
  expect(only(await bench.alertsOf(closed ?? '')).key).toBe(open.key);
  expect(await bench.incidents(id)).toHaveLength(1);

  await bench.pool.query(`update alert set settled = true where endpoint_id = $1`, [id]);
  await bench.pool.query(`update incident set bell = false, ticket_id = 'T1' where endpoint_id = $1`, [id]);
  const later = only(await bench.receive(id, [aBeat(1)]));
  expect(only((await plan(id)).raised).key).toBe(open.key);
  expect(only(await bench.alertsOf(later)).key).toBe(open.key);
});

test('a close that names no customer fails with the list when several incidents with its summary are open', async () => {
  const id = await bench.endpoint(BY_CUSTOMER);
  const [, , closed] = await bench.receive(id, [
    aBeat(0, 'Web', { customer: 'ACME' }),
    aBeat(0, 'Web', { customer: 'Globex' }),
    aBeat(1),
    aBeat(0, 'Other', { customer: 'ACME' }),
  ]);
  await plan(id);
  expect(only(await bench.alertsOf(closed ?? ''))).toMatchObject({
    state: 'failed',
    settled: true,
    key: null,
    error:
      'The close names no customer and 2 incidents with this summary are open: ACME (no ticket yet), Globex (no ticket yet).',
  });
});

test('a close that names no customer prefers its own open incident, and makes its own when none is open', async () => {
  const id = await bench.endpoint(BY_CUSTOMER);
  const [alone] = await bench.receive(id, [aBeat(1, 'Alone')]);
  const [own, , closed] = await bench.receive(id, [aBeat(0), aBeat(0, 'Web', { customer: 'ACME' }), aBeat(1)]);
  await plan(id);
  expect(only(await bench.alertsOf(closed ?? '')).key).toBe(only(await bench.alertsOf(own ?? '')).key);
  expect(only(await bench.alertsOf(alone ?? '')).key).toContain(id);
});

test('a replay as recorded is planned with the version of its original, one with today’s rules with the present one', async () => {
  const id = await bench.endpoint();
  const original = only(await bench.receive(id, [aBeat(0)]));
  await plan(id);
  await bench.configure(id, aConfig({ ticketing: { openValues: ['7'] } }));
  const replay = { origin: 'replay', replayOf: original } as const;
  const [recorded] = await bench.receive(id, [aBeat(0)], { ...replay, replayRules: 'recorded' });
  const [today] = await bench.receive(id, [aBeat(0)], { ...replay, replayRules: 'today' });
  await plan(id);
  expect((await bench.stateOf(recorded ?? '')).plan?.configVersion).toBe(1);
  expect(only(await bench.alertsOf(recorded ?? '')).kind).toBe('open');
  expect(only(await bench.alertsOf(today ?? '')).kind).toBe('other');
  await bench.pool.query('delete from endpoint_version where endpoint_id = $1 and version = 1', [id]);
  const [lost] = await bench.receive(id, [aBeat(0)], { ...replay, replayRules: 'recorded' });
  await planShard({ ...bench.plan, cache: createConfigCache() }, shardOf(id), UNHURRIED);
  expect(await bench.stateOf(lost ?? '')).toMatchObject({
    state: 'failed',
    failure: expect.stringContaining('Version 1'),
  });
});

test('a batch that is rolled back leaves no trace and is planned again', async () => {
  const id = await bench.endpoint();
  const webhook = only(await bench.receive(id, [aBeat(0)]));
  await bench.pool.query(`alter table webhook add constraint no_planning check (state <> 'planned') not valid`);
  await expect(plan(id)).rejects.toThrow('no_planning');
  expect(await bench.alertsOf(webhook)).toEqual([]);
  expect(await bench.incidents(id)).toEqual([]);
  await bench.pool.query('alter table webhook drop constraint no_planning');
  expect((await plan(id)).planned).toHaveLength(1);
  expect(await bench.alertsOf(webhook)).toHaveLength(1);
});
