import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createBells } from '../../../activities/bells.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { ringHeartbeat } from '../../../infra/temporal/ring-heartbeat.ts';
import { HEARTBEAT_QUERY, type HeartbeatLook } from '../../../workflows/contracts/heartbeat.ts';
import { heartbeatIncidentKey, heartbeatWorkflowId } from '../../../workflows/contracts/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { aHeartbeatBench, type HeartbeatBench } from '../../support/heartbeat-bench.ts';
import { benchPool } from '../../support/incident-bench.ts';
import { runWorkers } from '../../support/incident-worker.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';
import { timeSkipping } from '../../support/temporal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SLOW = 60_000;
const BERLIN = 'Europe/Berlin';

let database: TestDatabase;
let pool: Pool;
let env: TestWorkflowEnvironment;
let bench: HeartbeatBench;
let stop: () => Promise<void>;

beforeAll(async () => {
  quietRuntime();
  [database, env] = await Promise.all([testDatabase(), timeSkipping()]);
  pool = benchPool(database.url);
  bench = await aHeartbeatBench(pool);
  const deps = { ...bench.deps, bells: createBells(env.client, pool, bench.deps.logger) };
  ({ stop } = await runWorkers(env.nativeConnection, env.namespace ?? 'default', deps));
});
afterEach(() => pool.query('delete from process_beat'));
afterAll(async () => {
  await stop?.();
  await env?.teardown();
  await pool?.end();
  await database?.drop();
});

const now = () => env.currentTimeMs();
const handle = (id: string) => env.client.workflow.getHandle(heartbeatWorkflowId(id));
const incidentOf = (id: string) => env.client.workflow.getHandle(heartbeatIncidentKey(id));
const ring = (id: string) => ringHeartbeat(env.client, { id, name: 'Test' });
const lookOf = (id: string) => handle(id).query<HeartbeatLook | null>(HEARTBEAT_QUERY);
const told = async (id: string) => (await bench.alerts(id)).map(({ kind, atMs }) => [kind, atMs]);
const tickets = async (id: string) => {
  const { rows } = await pool.query<{ id: number; closed: boolean }>(
    `select id, closed from ticket where description like '%' || $1 || '%' order by id`,
    [id],
  );
  return rows;
};

/** An hourly endpoint that is watched from now on. */
async function watched(...more: [Parameters<HeartbeatBench['endpoint']>[2]?]) {
  const madeMs = await now();
  const id = await bench.endpoint({ timeoutMinutes: 60 }, madeMs, ...more);
  await ring(id);
  return { id, madeMs };
}

/** Ends the incident and then the watch: whoever waits for a result lets time run on to the timers of what is still there. */
async function switchOff(id: string): Promise<void> {
  await bench.hear(id, await now());
  await ring(id);
  await eventually(async () => (await told(id)).at(-1)?.[0] === 'close', SLOW);
  await eventually(async () => (await incidentOf(id).describe()).status.name === 'COMPLETED', SLOW);
  expect((await tickets(id)).every(({ closed }) => closed)).toBe(true);
  await bench.save(id, await now(), (config) => ({ ...config, enabled: false }));
  await ring(id);
  expect(await handle(id).result()).toEqual({ end: 'off' });
}

/** The midnights (UTC) of the days at whose end Berlin's clocks stand elsewhere than at their beginning, from an instant on. */
function clockChanges(fromMs: number): number[] {
  const hours = new Intl.DateTimeFormat('en-GB', { timeZone: BERLIN, hour: '2-digit', hourCycle: 'h23' });
  const first = Math.ceil(fromMs / DAY) * DAY;
  return Array.from({ length: 400 }, (_, day) => first + day * DAY).filter(
    (day) => hours.format(day) !== hours.format(day + DAY),
  );
}

it(
  'keeps a nightly schedule to its local time through both changes of the clocks of a year',
  async () => {
    const nights: number[] = [];
    for (let season = 0; season < 2; season += 1) {
      const [day = 0] = clockChanges((await now()) + 3 * DAY);
      await env.sleep(day - 2 * DAY - (await now()));
      const cron = { cron: '30 4 * * *', timezone: BERLIN, graceMinutes: 30 };
      const id = await bench.endpoint(cron, await now(), { name: 'Backup' });
      await ring(id);
      await env.sleep(4 * DAY);
      await eventually(async () => (await told(id)).length === 4, SLOW);
      const deadlines = (await bench.alerts(id)).map(({ atMs }) => atMs);
      const local = new Intl.DateTimeFormat('en-GB', { timeZone: BERLIN, timeStyle: 'medium' });
      expect(deadlines.map((ms) => local.format(ms))).toEqual(Array(4).fill('05:00:00'));
      nights.push(...deadlines.slice(1).map((ms, at) => (ms - (deadlines[at] ?? 0)) / HOUR));
      await switchOff(id);
    }
    expect(nights.toSorted((a, b) => a - b)).toEqual([23, 24, 24, 24, 24, 25]);
  },
  3 * SLOW,
);

it(
  'sleeps on by as long as no ingress could receive, and the alert says so',
  async () => {
    const { id, madeMs } = await watched();
    await bench.sighted(madeMs - HOUR, madeMs + 20 * MINUTE);
    await bench.sighted(madeMs + 45 * MINUTE, madeMs + 3 * HOUR);
    await env.sleep(HOUR + MINUTE);
    expect(await lookOf(id)).toMatchObject({
      phase: 'waiting',
      deadlineAt: new Date(madeMs + HOUR + 25 * MINUTE).toISOString(),
    });
    expect(await told(id)).toEqual([]);
    await env.sleep(25 * MINUTE);
    await eventually(async () => (await told(id)).length === 1, SLOW);
    expect(await bench.alerts(id)).toMatchObject([
      { atMs: madeMs + 85 * MINUTE, message: expect.stringContaining('HookWise itself could not receive for 25 m') },
    ]);
    await switchOff(id);
  },
  3 * SLOW,
);

it(
  'gets a new ticket at the next timeout after a person closed the first one, and the next webhook closes that',
  async () => {
    const { id, madeMs } = await watched({ ticketing: { noteIntervalSeconds: 0 } });
    await env.sleep(HOUR + MINUTE);
    await eventually(async () => (await tickets(id)).length === 1, SLOW);
    const [first] = await tickets(id);
    await pool.query(`update ticket set closed = true, status = 'Closed', updated_by = 'ann' where id = $1`, [
      first?.id,
    ]);
    await env.sleep(HOUR);
    await eventually(async () => (await tickets(id)).length === 2, SLOW);
    expect((await tickets(id)).map(({ closed }) => closed)).toEqual([true, false]);
    await bench.hear(id, madeMs + 2 * HOUR + 30 * MINUTE);
    await env.sleep(HOUR);
    await eventually(async () => (await tickets(id)).every(({ closed }) => closed), SLOW);
    expect(await tickets(id)).toHaveLength(2);
    await switchOff(id);
  },
  3 * SLOW,
);

it.each([{ draft: true }, { enabled: false }])(
  'ends without a word when it is set to %j, even where nobody rings, and counts anew from when that is taken back',
  async (change) => {
    const { id } = await watched();
    await env.sleep(30 * MINUTE);
    await bench.save(id, await now(), (config) => ({ ...config, ...change }));
    expect(await handle(id).result()).toEqual({ end: 'off' });
    await env.sleep(DAY);
    await bench.save(id, await now(), (config) => ({ ...config, draft: false, enabled: true }));
    const againMs = await now();
    await ring(id);
    await env.sleep(HOUR + MINUTE);
    await eventually(async () => (await told(id)).length === 1, SLOW);
    const [[, atMs] = []] = await told(id);
    expect(Math.abs(Number(atMs) - againMs - HOUR)).toBeLessThan(1_000);
    await switchOff(id);
  },
  3 * SLOW,
);

it(
  'takes tests and replays for no sign of life, neither before nor after the alert',
  async () => {
    const { id, madeMs } = await watched();
    await bench.hear(id, madeMs + 50 * MINUTE, 'test');
    await bench.hear(id, madeMs + 55 * MINUTE, 'replay');
    await env.sleep(HOUR + MINUTE);
    await eventually(async () => (await told(id)).length === 1, SLOW);
    await bench.hear(id, madeMs + 70 * MINUTE, 'replay');
    await env.sleep(HOUR);
    await eventually(async () => (await told(id)).length === 2, SLOW);
    expect(await told(id)).toEqual([
      ['open', madeMs + HOUR],
      ['open', madeMs + 2 * HOUR],
    ]);
    const heardMs = madeMs + 2 * HOUR + 30 * MINUTE;
    await bench.hear(id, heardMs);
    await env.sleep(HOUR);
    await eventually(async () => (await told(id)).length === 3, SLOW);
    expect((await told(id))[2]).toEqual(['close', heardMs]);
    await switchOff(id);
  },
  3 * SLOW,
);

it.each([
  ['the maintenance mode', [`insert into setting (key, value, updated_by) values ('maintenanceMode', 'true', 'test')`]],
  [
    'a window of all endpoints',
    [
      `insert into maintenance_window (id, name, config, created_by) values (gen_random_uuid(), 'all',
         '{"type": "daily", "start": "00:00", "end": "23:59", "timezone": "UTC", "policy": "skip"}', 'test')`,
      `insert into maintenance_window (id, name, config, created_by) values (gen_random_uuid(), 'last minute',
         '{"type": "daily", "start": "23:58", "end": "00:01", "timezone": "UTC", "policy": "skip"}', 'test')`,
    ],
  ],
])(
  'is quiet for days under %s and told as soon as that ends, with the deadline that was missed',
  async (_, statements) => {
    for (const statement of statements) await pool.query(statement);
    const { id, madeMs } = await watched();
    await env.sleep(3 * DAY);
    expect(await lookOf(id)).toMatchObject({ phase: 'quiet', reason: expect.stringMatching(/\w{3}/) });
    expect(await told(id)).toEqual([]);
    expect(await tickets(id)).toEqual([]);
    await pool.query('delete from setting');
    await pool.query('delete from maintenance_window');
    await ring(id);
    await eventually(async () => (await told(id)).length === 1, SLOW);
    expect(await told(id)).toEqual([['open', madeMs + HOUR]]);
    await switchOff(id);
  },
  3 * SLOW,
);
