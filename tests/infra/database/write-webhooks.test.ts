import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPool, inTransaction, type Pool } from '../../../infra/database/pool.ts';
import { isNoPartition } from '../../../infra/database/partitions.ts';
import { writeWebhooks } from '../../../infra/database/write-webhooks.ts';
import { aWebhook } from '../../support/a-webhook.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await testDatabase();
  pool = createPool(database.url, { name: 'test', max: 10 });
});

afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const rowsOf = async (ids: string[]) =>
  (
    await pool.query<{ id: string; seq: number; raw: Buffer }>(
      'select id, seq, raw from webhook where id = any($1) order by seq',
      [ids],
    )
  ).rows;

test('rows are kept byte for byte, in the order given, with rising seq', async () => {
  const rows = Array.from({ length: 250 }, (_, n) =>
    aWebhook({ raw: Buffer.concat([Buffer.from([0, 255, 92, n]), randomBytes(20)]) }),
  );
  const answers = await writeWebhooks(pool, rows);
  expect(answers).toEqual(rows.map(({ id }) => ({ id, outcome: 'queued', requestId: id })));
  const kept = await rowsOf(rows.map(({ id }) => id));
  expect(kept.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(kept.every((row, n) => row.raw.equals(rows[n]?.raw ?? Buffer.alloc(0)))).toBe(true);
});

test('rows with delivery ids keep the order given too', async () => {
  const rows = Array.from({ length: 100 }, (_, n) =>
    aWebhook({ deliveryDigest: n % 3 === 0 ? randomBytes(32) : null }),
  );
  await writeWebhooks(pool, rows);
  expect((await rowsOf(rows.map(({ id }) => id))).map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
});

test('a repeat of a delivery id is answered with the first request, and is not kept', async () => {
  const endpointId = randomUUID();
  const deliveryDigest = randomBytes(32);
  const first = aWebhook({ endpointId, deliveryDigest });
  const second = aWebhook({ endpointId, deliveryDigest });
  const elsewhere = aWebhook({ deliveryDigest });
  await writeWebhooks(pool, [first]);
  expect(await writeWebhooks(pool, [second, elsewhere])).toEqual([
    { id: second.id, outcome: 'duplicate', requestId: first.id },
    { id: elsewhere.id, outcome: 'queued', requestId: elsewhere.id },
  ]);
  expect(await rowsOf([first.id, second.id, elsewhere.id])).toHaveLength(2);
});

test('repeats inside one batch are joined to its first', async () => {
  const endpointId = randomUUID();
  const deliveryDigest = randomBytes(32);
  const rows = [1, 2, 3].map(() => aWebhook({ endpointId, deliveryDigest }));
  const answers = await writeWebhooks(pool, rows);
  expect(answers.map(({ outcome, requestId }) => [outcome, requestId])).toEqual([
    ['queued', rows[0]?.id],
    ['duplicate', rows[0]?.id],
    ['duplicate', rows[0]?.id],
  ]);
  expect(await rowsOf(rows.map(({ id }) => id))).toHaveLength(1);
});

test('a batch whose outcome was unknown can be sent again: nothing doubles and nothing becomes a duplicate of itself', async () => {
  const rows = [aWebhook({ deliveryDigest: randomBytes(32) }), aWebhook()];
  const once = await writeWebhooks(pool, rows);
  expect(await writeWebhooks(pool, rows)).toEqual(once);
  expect(await rowsOf(rows.map(({ id }) => id))).toHaveLength(2);
});

test('a delivery id older than 24 hours is taken over', async () => {
  const endpointId = randomUUID();
  const deliveryDigest = randomBytes(32);
  await writeWebhooks(pool, [aWebhook({ endpointId, deliveryDigest })]);
  await pool.query(`update delivery_key set at = at - interval '24 hours 1 minute' where endpoint_id = $1`, [
    endpointId,
  ]);
  const later = aWebhook({ endpointId, deliveryDigest });
  expect(await writeWebhooks(pool, [later])).toEqual([{ id: later.id, outcome: 'queued', requestId: later.id }]);
  const again = aWebhook({ endpointId, deliveryDigest });
  expect((await writeWebhooks(pool, [again]))[0]?.requestId).toBe(later.id);
});

test('simultaneous copies of one delivery keep one row and name one winner', async () => {
  const endpointId = randomUUID();
  const deliveryDigest = randomBytes(32);
  const copies = Array.from({ length: 8 }, () => aWebhook({ endpointId, deliveryDigest }));
  const answers = (await Promise.all(copies.map((copy) => writeWebhooks(pool, [copy])))).flat();
  expect(answers.filter(({ outcome }) => outcome === 'queued')).toHaveLength(1);
  expect(new Set(answers.map(({ requestId }) => requestId)).size).toBe(1);
  expect(await rowsOf(copies.map(({ id }) => id))).toHaveLength(1);
});

test('seq order is commit order: a reader of the highest seq never sees a lower one appear later', async () => {
  const start = (await pool.query<{ last: number }>('select last_value as last from webhook_seq')).rows[0]?.last ?? 0;
  let isWriting = true;
  const write = async () => {
    for (let round = 0; round < 40; round++) {
      const withKey = round % 2 === 0 ? randomBytes(32) : null;
      await writeWebhooks(
        pool,
        Array.from({ length: 1 + (round % 7) }, (_, n) => aWebhook({ deliveryDigest: n === 0 ? withKey : null })),
      );
    }
  };
  const slowly = async () => {
    for (let round = 0; round < 10; round++) {
      await inTransaction(pool, async (tx) => {
        await writeWebhooks(tx, [aWebhook()]);
        await tx.query('select pg_sleep(0.005)');
      });
    }
  };
  const seen: { after: number; seqs: number[] }[] = [];
  const read = async () => {
    let after = start;
    while (isWriting) {
      const { rows } = await pool.query<{ seq: number }>('select seq from webhook where seq > $1 order by seq', [
        after,
      ]);
      const seqs = rows.map(({ seq }) => seq);
      if (seqs.length > 0) seen.push({ after, seqs });
      after = seqs.at(-1) ?? after;
    }
  };
  const reading = Promise.all([read(), read()]);
  await Promise.all([write(), write(), write(), write(), slowly()]);
  isWriting = false;
  await reading;
  const all = (
    await pool.query<{ seq: number }>('select seq from webhook where seq > $1 order by seq', [start])
  ).rows.map(({ seq }) => seq);
  expect(all.length).toBeGreaterThan(600);
  expect(seen.length).toBeGreaterThan(10);
  for (const { after, seqs } of seen) {
    expect(seqs).toEqual(all.filter((seq) => seq > after && seq <= (seqs.at(-1) ?? 0)));
  }
});

test('a row for a day without a partition is refused in a way that can be told apart', async () => {
  const fault = await writeWebhooks(pool, [aWebhook({ id: '01000000-0000-7000-8000-000000000000' })]).catch(
    (error: unknown) => error,
  );
  expect(isNoPartition(fault)).toBe(true);
  const other = await writeWebhooks(pool, [aWebhook({ headers: 'nul \u0000' })]).catch((error: unknown) => error);
  expect(other).toBeInstanceOf(Error);
  expect(isNoPartition(other)).toBe(false);
});
