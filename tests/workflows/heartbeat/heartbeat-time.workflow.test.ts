import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Pool } from '../../../infra/database/pool.ts';
import { ringHeartbeat } from '../../../infra/temporal/ring-heartbeat.ts';
import { heartbeatWorkflowId } from '../../../workflows/contracts/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { aHeartbeatBench, type HeartbeatBench } from '../../support/heartbeat-bench.ts';
import { benchPool } from '../../support/incident-bench.ts';
import { runWorkers } from '../../support/incident-worker.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';
import { timeSkipping } from '../../support/temporal.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SLOW = 60_000;

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
  ({ stop } = await runWorkers(env.nativeConnection, env.namespace ?? 'default', bench.deps));
});
afterAll(async () => {
  await stop?.();
  await env?.teardown();
  await pool?.end();
  await database?.drop();
});

const handle = (id: string) => env.client.workflow.getHandle(heartbeatWorkflowId(id));
const ring = (id: string) => ringHeartbeat(env.client, { id, name: 'Test' });
const deadlines = async (id: string) =>
  (await bench.alerts(id)).filter(({ kind }) => kind === 'open').map(({ atMs }) => atMs);

/** How late each was told, by the row's own account, is bounded by the arrival margin and a second of the server's. */
async function lastToldLateMs(id: string): Promise<number> {
  const { rows } = await pool.query<{ late: number }>(
    `select extract(epoch from h.told_at - max(a.received_at)) * 1000 as late from heartbeat h
       join incident i on i.key = 'incident:' || h.endpoint_id || ':heartbeat' join alert a on a.incident_id = i.id
      where h.endpoint_id = $1 group by h.told_at`,
    [id],
  );
  return Number(rows[0]?.late);
}

async function switchOff(id: string): Promise<void> {
  await bench.save(id, await env.currentTimeMs(), (config) => ({ ...config, enabled: false }));
  await ring(id);
  expect(await handle(id).result()).toEqual({ end: 'off' });
}

it(
  'tells each day of a week of silence to the second, sleeps on after a webhook and ends when switched off',
  async () => {
    const madeMs = await env.currentTimeMs();
    const id = await bench.endpoint({ timeoutMinutes: 1440 }, madeMs, { name: 'Weekly' });
    await ring(id);
    await env.sleep(7 * DAY + HOUR);
    await eventually(async () => (await deadlines(id)).length === 7, SLOW);
    expect(await deadlines(id)).toEqual(Array.from({ length: 7 }, (_, day) => madeMs + (day + 1) * DAY));
    expect(await lastToldLateMs(id)).toBeLessThan(1_500);
    const heardMs = await env.currentTimeMs();
    await bench.hear(id, heardMs);
    await env.sleep(DAY);
    await eventually(async () => (await bench.alerts(id)).at(-1)?.kind === 'close', SLOW);
    await env.sleep(HOUR);
    await eventually(async () => (await bench.alerts(id)).at(-1)?.atMs === heardMs + DAY, SLOW);
    await switchOff(id);
    await keepHistory(handle(id), 'heartbeat-week');
  },
  3 * SLOW,
);

it(
  'tells the night that is missing of a schedule, and keeps quiet until a window ends',
  async () => {
    const madeMs = await env.currentTimeMs();
    const cron = { cron: '0 2 * * *', timezone: 'Europe/Berlin', graceMinutes: 30 };
    const id = await bench.endpoint(cron, madeMs, { name: 'Backup' });
    const windowed = await bench.endpoint({ timeoutMinutes: 60 }, madeMs, {
      maintenance: [
        {
          type: 'once',
          start: new Date(madeMs).toISOString(),
          end: new Date(madeMs + 5 * HOUR).toISOString(),
          timezone: 'UTC',
          policy: 'skip',
        },
      ],
    });
    await ring(id);
    await ring(windowed);
    await env.sleep(3 * DAY + HOUR);
    await eventually(async () => (await deadlines(id)).length >= 3, SLOW);
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'medium' });
    expect((await deadlines(id)).slice(0, 3).map((ms) => local.format(ms))).toEqual([
      '02:30:00',
      '02:30:00',
      '02:30:00',
    ]);
    const { rows } = await pool.query<{ message: string }>(
      `select message from alert a join incident i on i.id = a.incident_id where i.endpoint_id = $1 order by a.seq limit 1`,
      [windowed],
    );
    expect(rows[0]?.message).toContain(`due by ${new Date(madeMs + HOUR).toISOString()}`);
    expect((await deadlines(windowed)).slice(0, 2)).toEqual([madeMs + HOUR, madeMs + 6 * HOUR]);
    await switchOff(id);
    await switchOff(windowed);
    await keepHistory(handle(windowed), 'heartbeat-window');
  },
  3 * SLOW,
);

it(
  'continues as new before its history is long',
  async () => {
    const id = await bench.endpoint({ timeoutMinutes: 60 }, await env.currentTimeMs());
    await ring(id);
    const first = (await handle(id).describe()).runId;
    await env.sleep(60 * HOUR);
    await eventually(async () => (await deadlines(id)).length === 59 || (await deadlines(id)).length === 60, SLOW);
    const later = await handle(id).describe();
    expect(later.runId).not.toBe(first);
    expect(later.historyLength).toBeLessThan(400);
    await keepHistory(env.client.workflow.getHandle(heartbeatWorkflowId(id), first), 'heartbeat-continued');
    await switchOff(id);
  },
  3 * SLOW,
);
