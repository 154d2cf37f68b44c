import type { HeartbeatReconcileEnd } from '../../workflows/contracts/heartbeat.ts';
import type { ActivityDeps } from '../deps.ts';
import { ringAll } from './heartbeat-line.ts';
import { readWatched } from './watched-endpoints.ts';

/** A heartbeat that has not looked this long after it should have is rung. */
const OVERSLEPT_MS = 120_000;
const BEATS_KEPT_DAYS = 400;

/** Compares lists, so that a lost signal or a new Temporal cluster heals itself; only what differs is rung. */
export function createReconcileActivities(deps: ActivityDeps) {
  return {
    reconcileHeartbeats: async (input: { now: string }): Promise<HeartbeatReconcileEnd> => {
      const watched = await readWatched(deps.pool);
      const running = await deps.heartbeats.running();
      const wanted = new Map(watched.map((endpoint) => [endpoint.id, endpoint]));
      const missing = watched.filter(({ id }) => !running.has(id));
      const oversleptAt = new Date(Date.parse(input.now) - OVERSLEPT_MS);
      const { rows: overslept } = await deps.pool.query<{ id: string }>(
        'select endpoint_id as id from heartbeat where is_on and wakes_at < $1',
        [oversleptAt],
      );
      const rest = [...running].filter((id) => !wanted.has(id)).map((id) => ({ id, name: '' }));
      const asleep = overslept.flatMap(({ id }) => (running.has(id) ? (wanted.get(id) ?? []) : []));
      const failed = (error: unknown) => deps.logger.warn({ err: error }, 'A heartbeat could not be rung');
      const started = await ringAll(deps.heartbeats, missing, failed);
      const rung = await ringAll(deps.heartbeats, [...rest, ...asleep], failed);
      await deps.pool.query(`delete from process_beat where beat_at < $1::timestamptz - make_interval(days => $2)`, [
        input.now,
        BEATS_KEPT_DAYS,
      ]);
      return { watched: watched.length, running: running.size, started: started.length, rung: rung.length };
    },
  };
}

export type ReconcileActivities = ReturnType<typeof createReconcileActivities>;
