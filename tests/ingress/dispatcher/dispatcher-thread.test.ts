import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCipher } from '../../../infra/crypto/cipher.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { shardOf } from '../../../infra/database/shard.ts';
import { createLogger } from '../../../infra/observability/logger.ts';
import { startDispatcherThread } from '../../../ingress/dispatcher/start-dispatcher-thread.ts';
import { writeWebhooks } from '../../../infra/database/write-webhooks.ts';
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

async function receive(): Promise<string> {
  const bench = aDispatchBench(database.url);
  const endpointId = await bench.endpoint();
  await bench.end();
  const webhook = aWebhook({ endpointId, shard: shardOf(endpointId) });
  await writeWebhooks(pool, [
    { ...webhook, raw: createCipher(key).encrypt(JSON.stringify(aBeat(0)), `${webhook.id}:${endpointId}`) },
  ]);
  return webhook.id;
}

const stateOf = async (id: string) =>
  (await pool.query<{ state: string }>('select state from webhook where id = $1', [id])).rows[0]?.state;

test('the thread plans what it is told of, reports its series, is started again when it dies, and ends when told', async () => {
  delete process.env['ENCRYPTION_KEY'];
  const thread = startDispatcherThread(createLogger('test', 'silent'));
  const first = await receive();
  expect(await thread.metrics()).toBe('');
  expect(thread.runningSince()).toBeNull();
  expect(await stateOf(first)).toBe('received');

  process.env['ENCRYPTION_KEY'] = key.toString('base64url');
  await eventually(() => thread.runningSince() !== null);
  await eventually(async () => (await stateOf(first)) === 'planned');
  const second = await receive();
  thread.accepted([shardOf('x'), 3]);
  await eventually(async () => (await stateOf(second)) === 'planned');
  const text = await thread.metrics();
  expect(text).toMatch(/^hookwise_webhooks_total\{config_id="[0-9a-f-]{36}",status="dispatched"\} 1$/m);
  expect(text).toMatch(/^hookwise_dispatch_lag_seconds_count 2$/m);
  expect(text).toMatch(/^hookwise_inbox_depth \d+$/m);

  await thread.stop(5_000);
  expect(thread.runningSince()).toBeNull();
  const third = await receive();
  const others = await pool.query(
    `select from pg_stat_activity where application_name = 'hookwise-dispatcher' and datname = current_database()`,
  );
  expect(others.rowCount).toBe(0);
  expect(await stateOf(third)).toBe('received');
});
