import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBells } from '../../../activities/bells.ts';
import { createHeartbeatLine } from '../../../activities/heartbeats/heartbeat-line.ts';
import { startHeartbeatWatch } from '../../../activities/heartbeats/heartbeat-watch.ts';
import type { Pool } from '../../../infra/database/pool.ts';
import {
  HEARTBEAT_QUERY,
  HEARTBEAT_RECONCILE_WORKFLOW,
  type HeartbeatLook,
} from '../../../workflows/contracts/heartbeat.ts';
import { heartbeatWorkflowId } from '../../../workflows/contracts/ids.ts';
import { spawnIngress } from '../../ingress/support/ingress-process.ts';
import { aBeat, aDispatchBench, type DispatchBench } from '../../support/dispatch-bench.ts';
import { eventually } from '../../support/eventually.ts';
import { aHeartbeatBench, type HeartbeatBench } from '../../support/heartbeat-bench.ts';
import { benchPool } from '../../support/incident-bench.ts';
import { ownTemporal, runWorkers, type OwnTemporal } from '../../support/incident-worker.ts';
import { keepHistory } from '../../support/keep-history.ts';
import { testDatabase, type TestDatabase } from '../../support/postgres.ts';
import { quietRuntime } from '../../support/quiet-runtime.ts';

/** Three seconds, in the minutes of the configuration: the shortest that REST takes is twenty times that. */
const SHORT = 0.05;
const SLOW = 60_000;
const HOUR = 3_600_000;

let database: TestDatabase;
let pool: Pool;
let temporal: OwnTemporal;
let dispatch: DispatchBench;
let bench: HeartbeatBench;
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  quietRuntime();
  [database, temporal] = await Promise.all([testDatabase(), ownTemporal()]);
  pool = benchPool(database.url);
  dispatch = aDispatchBench(database.url);
  bench = await aHeartbeatBench(pool);
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
afterAll(async () => {
  await temporal?.stop();
  await dispatch?.end();
  await pool?.end();
  await database?.drop();
});

async function start(): Promise<void> {
  const deps = {
    ...bench.deps,
    bells: createBells(temporal.client, pool, bench.deps.logger),
    heartbeats: createHeartbeatLine(temporal.client),
  };
  const workers = await runWorkers(temporal.native, temporal.namespace, deps);
  const watch = startHeartbeatWatch(deps, 50);
  const { dispatcher } = dispatch.dispatcher(temporal.client, [1_000], 50);
  stops.push(watch.stop, dispatcher.stop, workers.stop);
}

const handle = (id: string) => temporal.client.workflow.getHandle(heartbeatWorkflowId(id));
const lookOf = (id: string) => handle(id).query<HeartbeatLook | null>(HEARTBEAT_QUERY);
const tickets = async (id: string) => {
  const { rows } = await pool.query<{ id: number; summary: string; closed: boolean; board: string; notes: string[] }>(
    `select t.id, t.summary, t.closed, t.board, coalesce((select json_agg(n.purpose || ': ' || n.body order by n.id) from ticket_note n where n.ticket_id = t.id), '[]') as notes
       from ticket t where t.description like '%' || $1 || '%' order by t.id`,
    [id],
  );
  return rows;
};
/** Since and until when an ingress was able to accept, by the beats it kept. */
const stretches = async () => {
  const { rows } = await pool.query<{ from: Date; to: Date }>(
    'select began_at as from, beat_at as to from process_beat order by began_at',
  );
  return rows.map(({ from, to }) => ({ fromMs: from.getTime(), toMs: to.getTime() }));
};
const switchOff = (id: string) =>
  bench.save(id, Date.now(), (config) => ({ ...config, heartbeat: { ...config.heartbeat, enabled: false } }));

describe('a silent endpoint, on a real server with the built-in desk', () => {
  it(
    'gets a ticket and a note at each further timeout; the next webhook closes it, and a later silence makes a new one',
    async () => {
      await start();
      const id = await bench.endpoint({ timeoutMinutes: 2 * SHORT }, Date.now(), {
        name: 'Backup',
        ticketing: { board: 'NOC', noteIntervalSeconds: 0, closeStatus: 'Closed' },
      });
      await eventually(async () => (await tickets(id)).length === 1, SLOW);
      const [first] = await tickets(id);
      expect(first).toMatchObject({
        summary: '[TIMEOUT] Webhook Endpoint: Backup - No data for 6s',
        board: 'NOC',
        closed: false,
      });
      await eventually(async () => ((await tickets(id))[0]?.notes.length ?? 0) >= 1, SLOW);
      expect((await tickets(id))[0]?.notes[0]).toContain('Still silent (reminder');
      await dispatch.receive(id, [aBeat(1)]);
      await eventually(async () => (await tickets(id))[0]?.closed === true, SLOW);
      const resolution = (await tickets(id))[0]?.notes.filter((note) => note.startsWith('resolution')) ?? [];
      expect(resolution).toHaveLength(1);
      expect(resolution[0]).toContain('heard again');
      await eventually(async () => (await tickets(id)).length === 2, SLOW);
      await switchOff(id);
      expect(await handle(id).result()).toEqual({ end: 'off' });
      await keepHistory(handle(id), 'heartbeat-told-and-ended');
    },
    3 * SLOW,
  );

  it(
    'is not woken by webhooks: its history does not grow with them, and tests and replays do not delay it',
    async () => {
      await start();
      const id = await bench.endpoint({ timeoutMinutes: 60 }, Date.now(), { name: 'Busy' });
      await eventually(async () => (await lookOf(id))?.phase === 'waiting', SLOW);
      const before = (await handle(id).describe()).historyLength;
      for (let round = 0; round < 10; round += 1) await dispatch.receive(id, [aBeat(1), aBeat(1), aBeat(1)]);
      await eventually(async () => {
        const { rows } = await pool.query(`select from webhook where endpoint_id = $1 and state = 'received'`, [id]);
        return rows.length === 0;
      }, SLOW);
      expect((await handle(id).describe()).historyLength).toBe(before);
      await bench.save(id, Date.now(), (config) => ({
        ...config,
        heartbeat: { ...config.heartbeat, timeoutMinutes: 2 * SHORT },
      }));
      await dispatch.receive(id, [aBeat(1)], { origin: 'test' });
      await eventually(async () => (await tickets(id)).length === 1, SLOW);
      await dispatch.receive(id, [aBeat(1)], { origin: 'replay', replayRules: 'today' });
      await eventually(async () => ((await tickets(id))[0]?.notes.length ?? 0) >= 1, SLOW);
      expect((await tickets(id))[0]?.closed).toBe(false);
      await switchOff(id);
      expect(await handle(id).result()).toEqual({ end: 'off' });
      await keepHistory(handle(id), 'heartbeat-reconfigured');
    },
    3 * SLOW,
  );

  it(
    'is quiet while the maintenance mode is on, and told as soon as it is switched off',
    async () => {
      await start();
      await pool.query(`insert into setting (key, value, updated_by) values ('maintenanceMode', 'true', 'test')`);
      const id = await bench.endpoint({ timeoutMinutes: SHORT }, Date.now(), { name: 'Quiet' });
      await eventually(async () => (await lookOf(id))?.phase === 'quiet', SLOW);
      expect(await tickets(id)).toEqual([]);
      await pool.query(`delete from setting`);
      await eventually(async () => (await tickets(id)).length === 1, SLOW);
      await switchOff(id);
      expect(await handle(id).result()).toEqual({ end: 'off' });
    },
    3 * SLOW,
  );

  it(
    'gets a new ticket at its next timeout when a person closed the first one',
    async () => {
      await start();
      const id = await bench.endpoint({ timeoutMinutes: 2 * SHORT }, Date.now(), {
        name: 'Closed by hand',
        ticketing: { noteIntervalSeconds: 0 },
      });
      await eventually(async () => (await tickets(id)).length === 1, SLOW);
      await pool.query(
        `update ticket set closed = true, closed_at = now(), status = 'Closed', updated_by = 'ann' where id = $1`,
        [(await tickets(id))[0]?.id],
      );
      await eventually(async () => (await tickets(id)).length === 2, SLOW);
      await switchOff(id);
      expect(await handle(id).result()).toEqual({ end: 'off' });
    },
    3 * SLOW,
  );

  it(
    'is started by reconciling where its workflow is gone, and one that watches nothing ends',
    async () => {
      const id = await bench.endpoint({ timeoutMinutes: 60 }, Date.now());
      await start();
      await eventually(async () => (await lookOf(id))?.phase === 'waiting', SLOW);
      await handle(id).terminate('lost');
      await eventually(async () => {
        const reconciling = await temporal.client.workflow.start(HEARTBEAT_RECONCILE_WORKFLOW, {
          workflowId: `reconcile-${Math.random()}`,
          taskQueue: 'hookwise',
          args: [],
        });
        const end = (await reconciling.result()) as { started: number; watched: number };
        if (end.watched === 0 || (await handle(id).describe()).status.name !== 'RUNNING') return false;
        await keepHistory(reconciling, 'heartbeat-reconcile');
        return true;
      }, SLOW);
      await pool.query(`update endpoint set deleted_at = now() where id = $1`, [id]);
      expect(await handle(id).result()).toEqual({ end: 'off' });
    },
    3 * SLOW,
  );

  it(
    'is given as much longer as a killed ingress was away, and its ticket says so',
    async () => {
      await start();
      const first = await spawnIngress({ DATABASE_URL: database.url });
      await eventually(async () => (await stretches()).length === 1, SLOW);
      const madeMs = Date.now() - HOUR + 20_000;
      const id = await bench.endpoint({ timeoutMinutes: 60 }, madeMs, { name: 'Patient' });
      await eventually(async () => (await lookOf(id))?.phase === 'waiting', SLOW);
      first.kill('SIGKILL');
      await first.ended;
      await eventually(async () => Date.now() - ((await stretches())[0]?.toMs ?? Date.now()) > 5_000, SLOW);
      const second = await spawnIngress({ DATABASE_URL: database.url });
      stops.push(async () => second.kill('SIGTERM'));
      await eventually(async () => (await stretches()).length === 2, SLOW);
      const [before, after] = await stretches();
      const awayMs = (after?.fromMs ?? 0) - (before?.toMs ?? 0);
      expect(awayMs).toBeGreaterThan(5_000);
      await eventually(async () => (await tickets(id)).length === 1, SLOW);
      const [alert] = await bench.alerts(id);
      expect(Math.abs((alert?.atMs ?? 0) - madeMs - HOUR - awayMs)).toBeLessThan(5);
      const words = `HookWise itself could not receive for ${Math.round(awayMs / 1_000)} s of this time`;
      expect(alert?.message).toContain(words);
      const { rows } = await pool.query(`select description from ticket where id = $1`, [(await tickets(id))[0]?.id]);
      expect(rows[0].description).toContain(words);
      await switchOff(id);
    },
    3 * SLOW,
  );
});
