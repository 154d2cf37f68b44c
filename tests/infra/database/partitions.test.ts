import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dropPartitions } from '../../../infra/database/drop-partitions.ts';
import { dayOf, firstIdOf } from '../../../infra/database/partition-days.ts';
import { ensurePartitions } from '../../../infra/database/partitions.ts';
import { createPool, type Pool } from '../../../infra/database/pool.ts';
import { writeWebhooks } from '../../../infra/database/write-webhooks.ts';
import { aWebhook } from '../../support/a-webhook.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.url, { name: 'test', max: 8 });
});

afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const idOn = (day: string) => `${firstIdOf(day).slice(0, 13)}-7abc-8abc-${randomUUID().slice(24)}`;
const isThere = async (name: string) =>
  (await pool.query<{ it: string | null }>('select to_regclass($1)::text as it', [name])).rows[0]?.it !== null;

async function keepAlert(webhookId: string, settled: boolean): Promise<void> {
  await pool.query(
    `insert into alert (webhook_id, n, seq, endpoint_id, kind, state, settled, message, received_at)
     values ($1, 0, 1, $1, 'open', $2, $3, '', now())`,
    [webhookId, settled ? 'processed' : 'open', settled],
  );
}

test('the first id of a day is above every id of the day before and not above any of its own', () => {
  expect(firstIdOf('19700101')).toBe('00000000-0000-7000-8000-000000000000');
  expect(firstIdOf('20261124')).toBe(firstIdOf('20261123', 1));
  expect(dayOf(new Date('2026-11-24T23:59:59.999Z'), 0)).toBe('20261124');
  expect(dayOf(new Date('2026-12-31T12:00:00Z'), 1)).toBe('20270101');
  const lastOfDay = `${(Date.parse('2026-11-25T00:00:00Z') - 1).toString(16).padStart(12, '0')}`;
  expect(lastOfDay < firstIdOf('20261125').replaceAll('-', '')).toBe(true);
});

test('several processes may make the same days at once, while rows come in', async () => {
  const now = new Date('2031-03-01T10:00:00Z');
  await ensurePartitions(pool, 0, now);
  let isMaking = true;
  const writing = (async () => {
    while (isMaking) await writeWebhooks(pool, [aWebhook({ id: idOn('20310301') })]);
  })();
  const pools = [1, 2, 3].map((n) => createPool(database.url, { name: `test-${n}`, max: 2 }));
  await Promise.all(pools.map((one) => ensurePartitions(one, 8, now)));
  isMaking = false;
  await writing;
  await Promise.all(pools.map((one) => one.end()));
  expect(await ensurePartitions(pool, 8, now)).toEqual([]);
  for (const table of ['webhook', 'webhook_text', 'alert']) {
    for (const day of ['20310228', '20310301', '20310309']) expect(await isThere(`${table}_${day}`)).toBe(true);
    expect(await isThere(`${table}_20310310`)).toBe(false);
  }
  const last = aWebhook({ id: idOn('20310309') });
  expect((await writeWebhooks(pool, [last]))[0]?.outcome).toBe('queued');
});

test('a day is dropped when it is old and all of it is settled, and only then', async () => {
  await ensurePartitions(pool, 2, new Date('2029-05-02T00:00:00Z'));
  const [unplanned, unsettled, settled] = ['20290501', '20290502', '20290503'] as const;
  const ids = { unplanned: idOn(unplanned), unsettled: idOn(unsettled), settled: idOn(settled) };
  await writeWebhooks(
    pool,
    Object.values(ids).map((id) => aWebhook({ id })),
  );
  await pool.query(`update webhook set state = 'planned' where id = any($1)`, [[ids.unsettled, ids.settled]]);
  await keepAlert(ids.unsettled, false);
  await keepAlert(ids.settled, true);
  const later = new Date('2029-06-03T00:00:00Z');

  const first = await dropPartitions(pool, 30, later);
  expect(first.dropped).toContain(settled);
  expect(first.dropped).not.toContain('20290504');
  expect(first.kept).toEqual([
    { day: unplanned, reason: 'a webhook is not planned yet' },
    { day: unsettled, reason: 'an alert is not settled yet' },
  ]);
  for (const table of ['webhook', 'webhook_text', 'alert']) {
    expect(await isThere(`${table}_${settled}`)).toBe(false);
    expect(await isThere(`${table}_${unplanned}`)).toBe(true);
    expect(await isThere(`${table}_20290504`)).toBe(true);
  }

  await pool.query(`update webhook set state = 'planned' where id = $1`, [ids.unplanned]);
  await pool.query('update alert set settled = true where webhook_id = $1', [ids.unsettled]);
  expect((await dropPartitions(pool, 30, later)).dropped).toEqual([unplanned, unsettled]);
});

test('what a killed drop left detached is dropped by the next', async () => {
  await ensurePartitions(pool, 0, new Date('2028-01-02T00:00:00Z'));
  await pool.query('alter table alert detach partition alert_20280101 concurrently');
  expect((await dropPartitions(pool, 1, new Date('2028-01-04T00:00:00Z'))).dropped).toContain('20280101');
  expect(await isThere('alert_20280101')).toBe(false);
});

test('a reader that holds a table delays a drop and does not lose it', async () => {
  await ensurePartitions(pool, 0, new Date('2027-01-02T00:00:00Z'));
  await ensurePartitions(pool, 0, new Date('2027-01-05T00:00:00Z'));
  const reader = await pool.connect();
  await reader.query('begin');
  await reader.query('select count(*) from webhook');
  const dropping = dropPartitions(pool, 1, new Date('2027-01-03T00:00:00Z'));
  await reader.query('select pg_sleep(2.3)');
  const written = await writeWebhooks(pool, [aWebhook({ id: idOn('20270105') })]).catch((error: unknown) => error);
  const sawIt = await isThere('webhook_20270101');
  await reader.query('commit');
  reader.release();
  expect(written).toHaveLength(1);
  expect(sawIt).toBe(true);
  expect((await dropping).dropped).toContain('20270101');
});
