import { afterAll, beforeAll, expect, test } from 'vitest';
import { raiseKept } from '../../../infra/database/bell-outbox.ts';
import { inTransaction } from '../../../infra/database/pool.ts';
import { createLogger } from '../../../infra/observability/logger.ts';
import { startBellOutbox } from '../../../ingress/dispatcher/bell-outbox.ts';
import type { RaisedBell } from '../../../infra/database/raise-bells.ts';
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

/** An endpoint whose one incident was planned, taken and rests with its bell down. */
async function resting(): Promise<string> {
  const id = await bench.endpoint();
  await bench.receive(id, [aBeat(0)]);
  await plan(id);
  await lower(id);
  return id;
}

async function lower(id: string): Promise<void> {
  await bench.pool.query('update incident set bell = false where endpoint_id = $1', [id]);
  await bench.pool.query(`update alert set settled = true, state = 'processed' where endpoint_id = $1`, [id]);
}

/** As a step does: holds the incidents of an endpoint while `work` runs. */
function whileHeld<T>(endpointId: string, work: () => Promise<T>): Promise<T> {
  return inTransaction(bench.pool, async (tx) => {
    await tx.query('select from incident where endpoint_id = $1 for no key update', [endpointId]);
    return work();
  });
}

async function outboxOf(endpointId: string): Promise<number> {
  const { rowCount } = await bench.pool.query(
    'select from bell_outbox o join incident i on i.id = o.incident_id where i.endpoint_id = $1',
    [endpointId],
  );
  return rowCount ?? 0;
}

test('planning does not wait for a step that holds the incident: alerts are kept, and the bell goes up once it is free', async () => {
  const id = await resting();
  const [, other] = await whileHeld(id, async () => {
    const webhooks = await bench.receive(id, [aBeat(0), aBeat(0, 'Other host')]);
    const result = await plan(id);
    expect(result).toMatchObject({ kept: 1, raised: { length: 1 }, planned: { length: 2 } });
    expect((await bench.alertsOf(webhooks[0] ?? ''))[0]).toMatchObject({
      state: 'open',
      key: expect.stringContaining(id),
    });
    expect(await raiseKept(bench.pool)).toMatchObject({ raised: [], hasMore: true });
    return webhooks;
  });
  expect((await bench.alertsOf(other ?? ''))[0]?.state).toBe('open');
  const { raised } = await raiseKept(bench.pool);
  expect(raised).toHaveLength(1);
  expect(raised[0]).toMatchObject({ endpointId: id, summary: expect.any(String), raisedAt: expect.any(String) });
  expect(await bench.incidents(id)).toMatchObject([
    { bell: true, alerts: 2 },
    { bell: true, alerts: 1 },
  ]);
  expect(await raiseKept(bench.pool)).toEqual({ raised: [], hasMore: false });
});

test('what is planned later goes after what the outbox keeps, and takes it along', async () => {
  const id = await resting();
  const rename = (name: string) =>
    bench.receive(id, [{ ...aBeat(0), monitor: { name: 'Web', hostname: name } }, aBeat(0)]);
  await whileHeld(id, async () => {
    await rename('a');
    expect((await plan(id)).kept).toBe(1);
    await rename('b');
    expect((await plan(id)).kept).toBe(1);
    expect(await outboxOf(id)).toBe(2);
  });
  await rename('c');
  expect(await plan(id)).toMatchObject({ kept: 0, raised: { length: 1 } });
  expect(await outboxOf(id)).toBe(0);
  expect(await bench.incidents(id)).toMatchObject([{ bell: true, alerts: 7 }]);
});

test('a transaction that fails keeps nothing in the outbox', async () => {
  const id = await resting();
  await whileHeld(id, async () => {
    const [poison] = await bench.receive(id, [aBeat(0)]);
    await bench.pool.query(
      `alter table alert add constraint no_outbox check (webhook_id <> '${poison ?? ''}') not valid`,
    );
    await expect(plan(id)).rejects.toThrow('no_outbox');
    await bench.pool.query('alter table alert drop constraint no_outbox');
    expect(await outboxOf(id)).toBe(0);
    expect((await plan(id)).kept).toBe(1);
  });
});

test('the outbox is emptied soon after something was kept, and what a dead dispatcher left within a second or so', async () => {
  const id = await resting();
  await whileHeld(id, async () => {
    await bench.receive(id, [aBeat(0)]);
    await plan(id);
  });
  const rung: string[] = [];
  const ringer = {
    ring: (bells: readonly RaisedBell[]) => void rung.push(...bells.map(({ endpointId }) => endpointId)),
  };
  const outbox = startBellOutbox(bench.pool, ringer, createLogger('test', 'fatal'));
  try {
    await eventually(() => rung.includes(id));
    await lower(id);
    await whileHeld(id, async () => {
      await bench.receive(id, [aBeat(0)]);
      expect((await plan(id)).kept).toBe(1);
      outbox.raiseSoon();
    });
    await eventually(() => rung.filter((one) => one === id).length === 2);
    expect(await outboxOf(id)).toBe(0);
  } finally {
    await outbox.stop();
  }
});
