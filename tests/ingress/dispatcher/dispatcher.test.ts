import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTemporalClient } from '../../../infra/temporal/client.ts';
import { shardOf } from '../../../infra/database/shard.ts';
import { BATCH_LIMITS, planShard } from '../../../ingress/dispatcher/plan-shard.ts';
import { aBeat, aDispatchBench, type DispatchBench } from '../../support/dispatch-bench.ts';
import { eventually } from '../../support/eventually.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { tcpGate, type TcpGate } from '../../support/tcp-gate.ts';
import { localTemporal, type LocalTemporal } from '../../support/temporal.ts';

let temporal: LocalTemporal;
let database: TestDatabase;
let bench: DispatchBench;
let gate: TcpGate;
let client: Client;
let closeClient: () => Promise<void>;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  temporal = await localTemporal();
  database = await testDatabase();
  bench = aDispatchBench(database.url);
  gate = await tcpGate(temporal.address);
  const own = createTemporalClient({
    TEMPORAL_ADDRESS: gate.address,
    TEMPORAL_PORT: 7233,
    TEMPORAL_TLS: false,
    TEMPORAL_API_KEY: null,
    TEMPORAL_NAMESPACE: temporal.namespace,
  });
  ({ client } = own);
  closeClient = () => own.close();
});

afterEach(async () => {
  gate.open();
  await Promise.all(running.splice(0).map((one) => one.stop()));
  await bench.pool.query('update incident set bell = false');
});

afterAll(async () => {
  await closeClient?.();
  await gate?.end();
  await bench?.end();
  await database?.drop();
  await temporal?.close();
});

function dispatch(ringAgainMs?: readonly number[], lookEveryMs?: number) {
  const made = bench.dispatcher(client, ringAgainMs, lookEveryMs);
  running.push(made.dispatcher);
  return made;
}

const direct = () => new Client({ connection: temporal.connection as Connection, namespace: temporal.namespace });

/** Signals in the history of an incident's run; -1 when it has none. */
async function signalsOf(key: string): Promise<number> {
  const handle = direct().workflow.getHandle(key);
  const history = await handle.fetchHistory().catch(() => null);
  return history === null
    ? -1
    : (history.events ?? []).filter((event) => event.workflowExecutionSignaledEventAttributes).length;
}

async function keyOf(endpointId: string): Promise<string> {
  return eventually(async () => (await bench.incidents(endpointId))[0]?.key ?? false);
}

async function countOf(series: string, metrics: { registry: { metrics(): Promise<string> } }): Promise<number> {
  const line = (await metrics.registry.metrics()).split('\n').find((one) => one.startsWith(series));
  return Number(line?.split(' ').at(-1));
}

test('a committed webhook is planned within milliseconds of a wake-up', async () => {
  const id = await bench.endpoint();
  const { dispatcher } = dispatch(undefined, 3_600_000);
  const tooks: number[] = [];
  for (let n = 1; n <= 5; n++) {
    await bench.receive(id, [aBeat(0, `host ${n}`)]);
    const began = performance.now();
    dispatcher.wake([shardOf(id)]);
    await eventually(async () => (await bench.incidents(id)).length === n, 10_000, 2);
    tooks.push(performance.now() - began);
  }
  expect(Math.min(...tooks)).toBeLessThan(250);
});

test('an incident is rung once for what came together, with nothing of its content', async () => {
  const id = await bench.endpoint();
  dispatch();
  await bench.receive(id, [aBeat(0, 'Secretly'), aBeat(0, 'Secretly')]);
  const key = await keyOf(id);
  await eventually(async () => (await bench.incidents(id))[0]?.sent === true);
  expect(await signalsOf(key)).toBe(1);
  const description = await direct().workflow.getHandle(key).describe();
  expect(description.taskQueue).toBe('hookwise');
  expect(description.searchAttributes).toMatchObject({ HookwiseEndpoint: [id] });
  const history = await direct().workflow.getHandle(key).fetchHistory();
  const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  expect(started?.priority?.fairnessKey).toBe(id);
  const signal = history.events?.find(
    (event) => event.workflowExecutionSignaledEventAttributes,
  )?.workflowExecutionSignaledEventAttributes;
  expect(signal?.signalName).toBe('bell');
  expect(signal?.input?.payloads ?? []).toEqual([]);
  expect(Buffer.from(started?.input?.payloads?.[0]?.data ?? []).toString()).toBe(JSON.stringify({ key }));
});

test('of new incidents that nobody works on eight of an endpoint are started, the others seconds later, and another endpoint does not wait for them', async () => {
  const [flood, quiet] = [await bench.endpoint(), await bench.endpoint()];
  await bench.receive(
    flood,
    Array.from({ length: 12 }, (_, n) => aBeat(0, `flood ${n}`)),
  );
  await bench.receive(quiet, [aBeat(0)]);
  dispatch([3_600_000]);
  const sentAt = async (id: string): Promise<number[]> => {
    const { rows } = await bench.pool.query<{ at: Date }>(
      'select bell_sent_at as at from incident where endpoint_id = $1 and bell_sent_at is not null order by 1',
      [id],
    );
    return rows.map(({ at }) => at.getTime());
  };
  await eventually(async () => (await sentAt(flood)).length === 12, 20_000);
  const [flooded, [quietAt = Infinity]] = [await sentAt(flood), await sentAt(quiet)];
  const at = (n: number) => flooded[n] ?? Number.NaN;
  expect(at(8) - at(7)).toBeGreaterThan(2_000);
  expect(quietAt).toBeLessThan(at(8));
});

test('an incident whose company is longer than Temporal takes is rung all the same', async () => {
  const id = await bench.endpoint();
  await bench.receive(id, [aBeat(0)]);
  await planShard(bench.plan, shardOf(id), BATCH_LIMITS);
  const key = await keyOf(id);
  await bench.pool.query(
    `update incident set company = repeat('x', 5000), bell_raised_at = bell_raised_at - interval '4 seconds' where key = $1`,
    [key],
  );
  dispatch();
  await eventually(async () => (await bench.incidents(id))[0]?.sent === true);
  expect((await bench.incidents(id))[0]?.refused).toBeNull();
  const { searchAttributes } = await direct().workflow.getHandle(key).describe();
  expect(searchAttributes).toMatchObject({ HookwiseCompany: ['x'.repeat(255)] });
});

test('rows that no wake-up told of are found by looking', async () => {
  const id = await bench.endpoint();
  dispatch();
  await bench.receive(id, [aBeat(0)]);
  await keyOf(id);
});

test('a crash between commit and ring is healed by whichever dispatcher looks next', async () => {
  const id = await bench.endpoint();
  await bench.receive(id, [aBeat(0)]);
  await planShard(bench.plan, shardOf(id), BATCH_LIMITS);
  const key = await keyOf(id);
  await bench.pool.query(`update incident set bell_raised_at = bell_raised_at - interval '4 seconds' where key = $1`, [
    key,
  ]);
  dispatch();
  await eventually(async () => (await signalsOf(key)) === 1);
  await eventually(async () => (await bench.incidents(id))[0]?.rung === 1);
});

test('a bell that was sent and is not answered is rung again, each time later', async () => {
  const id = await bench.endpoint();
  dispatch([100, 100, 200, 3_600_000]);
  await bench.receive(id, [aBeat(0)]);
  const key = await keyOf(id);
  await eventually(async () => (await bench.incidents(id))[0]?.rung === 3);
  expect(await signalsOf(key)).toBe(3);
  await bench.pool.query('update incident set bell = false where key = $1', [key]);
});

test('while Temporal is away planning goes on, and every bell is rung when it is back', async () => {
  const id = await bench.endpoint();
  gate.shut();
  const { metrics } = dispatch();
  for (let n = 0; n < 30; n++) await bench.receive(id, [aBeat(0, `host ${n}`), aBeat(0, `host ${n}`)]);
  await eventually(
    async () =>
      (await bench.incidents(id)).length === 30 && (await bench.incidents(id)).every(({ alerts }) => alerts === 2),
  );
  await eventually(async () => (await countOf('hookwise_bells_total{result="failed"}', metrics)) > 0, 20_000);
  expect(await countOf('hookwise_temporal_up', metrics)).toBe(0);
  expect((await bench.incidents(id)).filter(({ sent }) => sent)).toEqual([]);
  gate.open();
  await eventually(async () => (await bench.incidents(id)).every(({ sent }) => sent), 20_000);
  for (const { key } of await bench.incidents(id)) expect(await signalsOf(key)).toBeGreaterThanOrEqual(1);
  expect(await countOf('hookwise_temporal_up', metrics)).toBe(1);
});

test('a dispatcher that starts while Temporal is away rings soon after it comes', async () => {
  gate.shut();
  const id = await bench.endpoint();
  await bench.receive(id, [aBeat(0)]);
  const own = createTemporalClient({
    TEMPORAL_ADDRESS: gate.address,
    TEMPORAL_PORT: 7233,
    TEMPORAL_TLS: false,
    TEMPORAL_API_KEY: null,
    TEMPORAL_NAMESPACE: temporal.namespace,
  });
  const { dispatcher, metrics } = bench.dispatcher(own.client);
  await eventually(async () => (await countOf('hookwise_bells_total{result="failed"}', metrics)) > 0, 30_000);
  gate.open();
  await eventually(async () => (await bench.incidents(id))[0]?.sent === true, 8_000);
  await dispatcher.stop();
  await own.close();
});

test('a signal that the server refuses for good is an alarm; the others go on and the alerts stay', async () => {
  const id = await bench.endpoint();
  const [webhook] = await bench.receive(id, [aBeat(0, 'Refused')]);
  await planShard(bench.plan, shardOf(id), BATCH_LIMITS);
  const tooLong = `incident:${id}:${'x'.repeat(1200)}`;
  await bench.pool.query(
    `update incident set key = $2, bell_raised_at = bell_raised_at - interval '1 minute' where endpoint_id = $1`,
    [id, tooLong],
  );
  const { metrics } = dispatch();
  await eventually(async () => (await bench.incidents(id))[0]?.refused !== null);
  expect((await bench.incidents(id))[0]).toMatchObject({ bell: true, refused: expect.stringMatching(/length|long/i) });
  expect(await countOf('hookwise_bells_total{result="refused"}', metrics)).toBe(1);
  expect(await bench.alertsOf(webhook ?? '')).toMatchObject([{ state: 'open', settled: false }]);
  const other = await bench.endpoint();
  await bench.receive(other, [aBeat(0)]);
  await eventually(async () => (await bench.incidents(other))[0]?.sent === true);
});

test('the gate of a connection that is closed is rung, so that a lost gate heals', async () => {
  const connection = `test-${randomUUID()}`;
  await bench.pool.query(`insert into connection (name, kind, gate) values ($1, 'desk', 'closed')`, [connection]);
  dispatch();
  await eventually(async () => (await signalsOf(`gate:${connection}`)) === 1);
  await bench.pool.query('delete from connection where name = $1', [connection]);
});

test('a database that is away for a while stops nothing for good', async () => {
  const id = await bench.endpoint();
  dispatch();
  await bench.receive(id, [aBeat(0, 'before')]);
  await keyOf(id);
  await bench.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await eventually(() => bench.receive(id, [aBeat(0, 'after')]).then(() => true));
  await eventually(async () => (await bench.incidents(id)).length === 2);
});

test('stopping ends the batches under way and keeps what was sent', async () => {
  const id = await bench.endpoint();
  const { dispatcher } = dispatch();
  await bench.receive(id, [aBeat(0)]);
  const key = await keyOf(id);
  await eventually(async () => (await signalsOf(key)) === 1);
  await dispatcher.stop();
  expect((await bench.incidents(id))[0]).toMatchObject({ sent: true, rung: 1 });
  await bench.receive(id, [aBeat(0, 'later')]);
  dispatcher.wake([shardOf(id)]);
  expect(
    (await bench.pool.query(`select from webhook where endpoint_id = $1 and state = 'received'`, [id])).rowCount,
  ).toBe(1);
});
