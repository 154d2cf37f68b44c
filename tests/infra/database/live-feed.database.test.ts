import pg from 'pg';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  forgetOldChanges,
  isKept,
  LIVE_CHANNEL,
  LIVE_TOPICS,
  newestPlace,
  readLive,
  tellPlanned,
} from '../../../infra/database/live-feed.ts';
import { createLiveNotifier } from '../../../infra/database/live-feed-notifier.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { createLogger } from '../../../infra/observability/logger.ts';
import { eventually } from '../../support/eventually.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.url, { name: 'test', max: 4 });
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const window = (after: string, endpoint: string) =>
  readLive(pool, { after, endpoint, topics: LIVE_TOPICS, mostRows: 20 });

it('tells a change only when no older transaction can put one behind it', async () => {
  const endpointId = randomUUID();
  const after = await newestPlace(pool);
  const slow = await pool.connect();
  await slow.query('begin');
  await tellPlanned(slow, [{ id: randomUUID(), endpointId }]);
  await tellPlanned(pool, [{ id: randomUUID(), endpointId }]);
  expect((await window(after, endpointId)).changes).toEqual([]);
  await slow.query('commit');
  slow.release();
  const { changes } = await eventually(async () => {
    const told = await window(after, endpointId);
    return told.changes.length === 2 && told;
  });
  expect((await window(changes[1]?.place ?? '', endpointId)).changes).toEqual([]);
});

it('names the newest and counts the others', async () => {
  const endpointId = randomUUID();
  const after = await newestPlace(pool);
  for (let n = 0; n < 4; n += 1)
    await tellPlanned(
      pool,
      Array.from({ length: 8 }, () => ({ id: randomUUID(), endpointId })),
    );
  const told = await eventually(async () => {
    const seen = await window(after, endpointId);
    return seen.skipped !== null && seen.changes.length === 2 && seen;
  });
  expect(told.skipped?.counts).toEqual({ webhook: 16 });
  expect(told.changes.map(({ count, ids }) => [count, ids.length])).toEqual([
    [8, 8],
    [8, 8],
  ]);
});

it('forgets what is older than an hour, and says so to whoever stands there', async () => {
  const endpointId = randomUUID();
  await tellPlanned(pool, [{ id: randomUUID(), endpointId }]);
  const place = await eventually(async () => {
    const newest = await newestPlace(pool);
    return newest !== '0-0' && newest;
  });
  await tellPlanned(pool, [{ id: randomUUID(), endpointId }]);
  await pool.query(`update live_change set at = at - interval '2 hours'`);
  expect(await isKept(pool, place)).toBe(true);
  expect(await forgetOldChanges(pool)).toBeGreaterThan(0);
  expect(await isKept(pool, place)).toBe(false);
  expect((await pool.query('select 1 from live_change')).rowCount).toBe(1);
});

it('tells on a connection of its own at most ten times a second, with topics and the highest number', async () => {
  const words: string[] = [];
  const listener = new pg.Client({ connectionString: database.url });
  await listener.connect();
  listener.on('notification', ({ payload }) => words.push(payload ?? ''));
  await listener.query(`listen ${LIVE_CHANNEL}`);
  const notifier = createLiveNotifier({ url: database.url, name: 'test', logger: createLogger('test', 'error') });
  const began = performance.now();
  const until = began + 1_000;
  while (performance.now() < until) {
    notifier.changed('webhook');
    notifier.changed('incident');
    await new Promise((resolve) => setImmediate(resolve));
  }
  await notifier.stop();
  await listener.query('select 1');
  const tookMs = performance.now() - began;
  await listener.end();
  expect(words.length).toBeGreaterThan(0);
  expect(words.length).toBeLessThanOrEqual(Math.ceil(tookMs / 100) + 1);
  expect(words[0]).toMatch(/^(webhook|incident)(,(webhook|incident))?:\d+$/);
});
