import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCipher } from '../../../infra/crypto/cipher.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { shardOf } from '../../../infra/database/shard.ts';
import { createLogger } from '../../../infra/observability/logger.ts';
import { PLANNER_MEMORY, startDispatcherThread } from '../../../ingress/dispatcher/start-dispatcher-thread.ts';
import { writeWebhooks } from '../../../infra/database/write-webhooks.ts';
import { aConfig } from '../../support/builders.ts';
import { aWebhook } from '../../support/a-webhook.ts';
import { aBeat, aDispatchBench } from '../../support/dispatch-bench.ts';
import { eventually } from '../../support/eventually.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let pool: Pool;
const key = randomBytes(32);

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.url, { name: 'test', max: 4 });
  process.env['DATABASE_URL'] = database.url;
  process.env['TEMPORAL_ADDRESS'] = '127.0.0.1:1';
  process.env['LOG_LEVEL'] = 'error';
});

afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

async function anEndpoint(ticketing: Parameters<typeof aConfig>[0] = {}): Promise<string> {
  const bench = aDispatchBench(database.url);
  const endpointId = await bench.endpoint(ticketing);
  await bench.end();
  return endpointId;
}

async function receive(endpointId: string, body: unknown): Promise<string> {
  const webhook = aWebhook({ endpointId, shard: shardOf(endpointId) });
  await writeWebhooks(pool, [
    { ...webhook, raw: createCipher(key).encrypt(JSON.stringify(body), `${webhook.id}:${endpointId}`) },
  ]);
  return webhook.id;
}

const stateOf = async (id: string) =>
  (await pool.query<{ state: string }>('select state from webhook where id = $1', [id])).rows[0]?.state;

test('the thread plans what it is told of, reports its series, is started again when it dies, and ends when told', async () => {
  delete process.env['ENCRYPTION_KEY'];
  const thread = startDispatcherThread(createLogger('test', 'silent'), PLANNER_MEMORY);
  const first = await receive(await anEndpoint(), aBeat(0));
  expect(await thread.metrics()).toBe('');
  expect(thread.runningSince()).toBeNull();
  expect(await stateOf(first)).toBe('received');

  process.env['ENCRYPTION_KEY'] = key.toString('base64url');
  await eventually(() => thread.runningSince() !== null);
  await eventually(async () => (await stateOf(first)) === 'planned');
  const second = await receive(await anEndpoint(), aBeat(0));
  thread.accepted([shardOf('x'), 3]);
  await eventually(async () => (await stateOf(second)) === 'planned');
  const text = await thread.metrics();
  expect(text).toMatch(/^hookwise_webhooks_total\{config_id="[0-9a-f-]{36}",status="dispatched"\} 1$/m);
  expect(text).toMatch(/^hookwise_dispatch_lag_seconds_count 2$/m);
  expect(text).toMatch(/^hookwise_inbox_depth \d+$/m);

  await thread.stop(5_000);
  expect(thread.runningSince()).toBeNull();
  const third = await receive(await anEndpoint(), aBeat(0));
  const others = await pool.query(
    `select from pg_stat_activity where application_name = 'hookwise-dispatcher' and datname = current_database()`,
  );
  expect(others.rowCount).toBe(0);
  expect(await stateOf(third)).toBe('received');
});

/** Enough for a planner at rest, too little for the largest plan. */
const SMALL_MEMORY = { maxOldGenerationSizeMb: 40, maxYoungGenerationSizeMb: 16 };

const POISON = {
  ticketing: { otherValues: 'open', splitPath: '$.alerts[*]', descriptionTemplate: `${'x'.repeat(19_900)}{$.status}` },
} as const;
const poison = () => ({ alerts: Array.from({ length: 4_900 }, (_, n) => ({ status: `s${n}`, name: `Web ${n}` })) });

test('the largest plan a planner is asked for fits its memory, and the webhook after it is planned too', async () => {
  process.env['ENCRYPTION_KEY'] = key.toString('base64url');
  const endpointId = await anEndpoint(POISON);
  const first = await receive(endpointId, poison());
  const other = await receive(endpointId, poison());
  const last = await receive(endpointId, { alerts: [{ status: 'x' }] });
  const thread = startDispatcherThread(createLogger('test', 'silent'), PLANNER_MEMORY);
  await eventually(() => thread.runningSince() !== null);
  const began = thread.runningSince();
  for (const id of [first, other, last]) await eventually(async () => (await stateOf(id)) === 'planned', 60_000);
  expect(thread.runningSince(), 'no planner died of it').toEqual(began);
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from alert where webhook_id = any($1::uuid[])`,
    [[first, other]],
  );
  expect(rows[0]?.count).toBe(9_800);
  await thread.stop(5_000);
}, 120_000);

test('a webhook that ends its planners is failed with the reason, and what waits behind it is planned', async () => {
  process.env['ENCRYPTION_KEY'] = key.toString('base64url');
  const endpointId = await anEndpoint(POISON);
  const before = await receive(endpointId, { alerts: [{ status: 'x' }] });
  const deadly = await receive(endpointId, poison());
  const behind = await receive(endpointId, { alerts: [{ status: 'x' }] });
  const thread = startDispatcherThread(createLogger('test', 'silent'), SMALL_MEMORY);
  for (const id of [before, behind]) await eventually(async () => (await stateOf(id)) === 'planned', 60_000);
  const { rows } = await pool.query<{ state: string; failure: string }>(
    'select state, failure from webhook where id = $1',
    [deadly],
  );
  expect(rows[0]).toMatchObject({
    state: 'failed',
    failure: expect.stringMatching(/ended its planner 2 times .*memory/),
  });
  await thread.stop(5_000);
}, 120_000);
