import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHeartbeatActivities } from '../../../activities/heartbeats/heartbeat.activities.ts';
import { wakeFor } from '../../../activities/heartbeats/await-deadline.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import { aHeartbeatBench, type HeartbeatBench } from '../../support/heartbeat-bench.ts';
import { benchPool } from '../../support/incident-bench.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';

const LEAD_MS = 2_000;
const MINUTE = 60_000;
const ARRIVAL_MS = 200;

let database: TestDatabase;
let pool: Pool;
let bench: HeartbeatBench;

beforeAll(async () => {
  database = await testDatabase();
  pool = benchPool(database.url);
  bench = await aHeartbeatBench(pool);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
});

const iso = (ms: number) => new Date(ms).toISOString();
const lookAt = (id: string, ms: number) =>
  createHeartbeatActivities({
    ...bench.deps,
    settings: { ...bench.deps.settings, heartbeats: { leadMs: LEAD_MS, ringsPerSecond: 2 } },
  }).lookAtHeartbeat({ endpointId: id, now: iso(ms) });

/** Postgres's clock, in milliseconds. */
async function clock(): Promise<number> {
  const { rows } = await pool.query<{ at: Date }>('select clock_timestamp() as at');
  return rows[0]?.at.getTime() ?? 0;
}

/** An endpoint whose webhook is due `inMs` from now and that was looked at when it was made. */
async function dueIn(inMs: number): Promise<{ id: string; deadlineMs: number }> {
  const deadlineMs = (await clock()) + inMs;
  const id = await bench.endpoint({ timeoutMinutes: 1 }, deadlineMs - MINUTE);
  expect(await lookAt(id, deadlineMs - MINUTE)).toMatchObject({
    deadlineAt: iso(deadlineMs),
    wakesAt: iso(deadlineMs + ARRIVAL_MS - LEAD_MS),
  });
  return { id, deadlineMs };
}

describe('a heartbeat that is woken before its deadline', () => {
  it('waits for it, tells the silence then and not before, and is woken early for the next', async () => {
    const { id, deadlineMs } = await dueIn(1_000);
    const look = await lookAt(id, await clock());
    const late = (await clock()) - deadlineMs;
    expect(late).toBeGreaterThanOrEqual(ARRIVAL_MS);
    expect(late).toBeLessThan(ARRIVAL_MS + 800);
    expect(look).toMatchObject({
      phase: 'overdue',
      told: 1,
      wakesAt: iso(deadlineMs + MINUTE + ARRIVAL_MS - LEAD_MS),
    });
    expect(await bench.alerts(id)).toMatchObject([{ kind: 'open', atMs: deadlineMs }]);
  });

  it('does not wait where a webhook has come, and sleeps on', async () => {
    const { id, deadlineMs } = await dueIn(1_800);
    await bench.hear(id, deadlineMs - 5_000);
    const look = await lookAt(id, await clock());
    expect(await clock()).toBeLessThan(deadlineMs);
    expect(look).toMatchObject({ phase: 'waiting', deadlineAt: iso(deadlineMs - 5_000 + MINUTE) });
    expect(await bench.alerts(id)).toEqual([]);
  });

  it('sees a webhook that comes while it waits', async () => {
    const { id, deadlineMs } = await dueIn(1_500);
    const looking = lookAt(id, await clock());
    await bench.hear(id, deadlineMs - 500);
    expect(await looking).toMatchObject({ phase: 'waiting', deadlineAt: iso(deadlineMs - 500 + MINUTE) });
    expect(await bench.alerts(id)).toEqual([]);
  });

  it('does not wait where its configuration was changed long before the deadline', async () => {
    const { id, deadlineMs } = await dueIn(30_000);
    const begun = await clock();
    expect(await lookAt(id, begun)).toMatchObject({ phase: 'waiting', deadlineAt: iso(deadlineMs) });
    expect((await clock()) - begun).toBeLessThan(1_000);
  });
});

it('of a flood of silences two a second ring their incidents here, the others keep a raised bell for the dispatcher', async () => {
  const activities = createHeartbeatActivities({
    ...bench.deps,
    settings: { ...bench.deps.settings, heartbeats: { leadMs: 0, ringsPerSecond: 2 } },
  });
  const nowMs = await clock();
  const ids = await Promise.all(Array.from({ length: 5 }, () => bench.endpoint({ timeoutMinutes: 1 }, nowMs - MINUTE)));
  const before = bench.rung.length;
  await Promise.all(ids.map((endpointId) => activities.lookAtHeartbeat({ endpointId, now: iso(nowMs + 1_000) })));
  expect(bench.rung.length - before).toBeGreaterThanOrEqual(2);
  expect(bench.rung.length - before).toBeLessThan(5);
  const { rows } = await pool.query<{ raised: number }>(
    'select count(*)::int as raised from incident where bell and endpoint_id = any($1::uuid[])',
    [ids],
  );
  expect(rows[0]?.raised).toBe(5);
});

it('a workflow sleeps until shortly before what is due, and never past it', () => {
  expect(wakeFor(10_000, 0, 3_000)).toBe(7_000);
  expect(wakeFor(10_000, 7_000, 3_000)).toBe(10_000);
  expect(wakeFor(10_000, 9_999, 3_000)).toBe(10_000);
  expect(wakeFor(10_000, 0, 0)).toBe(10_000);
});
