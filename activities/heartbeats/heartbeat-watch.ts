import { setTimeout as pause } from 'node:timers/promises';
import { configVersion } from '../../infra/database/config-store.ts';
import type { ActivityDeps } from '../deps.ts';
import { ringAll, type WatchedEndpoint } from './heartbeat-line.ts';
import { createQuietTimes } from './read-quiet.ts';
import { readChanged, readQuiet } from './watched-endpoints.ts';

/** After the first ring that nobody answered, the second and so on; the last span repeats. */
const RING_AGAIN_MS = [5_000, 30_000, 300_000] as const;
const LOOK_EVERY_MS = 1_000;
const LOOK_ANYWAY_MS = 30_000;
const MOST_A_ROUND = 500;

export interface HeartbeatWatch {
  /** Ends after the round under way. */
  stop(): Promise<void>;
}

/**
 * Rings the heartbeats whose configuration changed, by comparing what is kept with what they last looked at: whoever saved it,
 * and however long Temporal was away, nothing is missed. A maintenance that was ended early rings those it kept quiet.
 */
export function startHeartbeatWatch(
  deps: Pick<ActivityDeps, 'pool' | 'logger' | 'heartbeats'>,
  everyMs = LOOK_EVERY_MS,
): HeartbeatWatch {
  const stopping = new AbortController();
  const rung = new Map<string, { times: number; againAt: number }>();
  const quiet = createQuietTimes();
  let version = -1;
  let lookedAt = -Infinity;
  let isFailing = false;

  const isDue = ({ id }: WatchedEndpoint) => (rung.get(id)?.againAt ?? 0) <= performance.now();
  const ring = async (endpoints: readonly WatchedEndpoint[]) => {
    const due = endpoints.filter(isDue).slice(0, MOST_A_ROUND);
    let fault: unknown = null;
    for (const id of await ringAll(deps.heartbeats, due, (error) => (fault = error))) {
      const times = (rung.get(id)?.times ?? 0) + 1;
      const wait = RING_AGAIN_MS[Math.min(times, RING_AGAIN_MS.length) - 1] ?? 0;
      rung.set(id, { times, againAt: performance.now() + wait });
    }
    if (fault !== null) throw fault;
  };
  const round = async () => {
    const now = await configVersion(deps.pool);
    if (now === version && rung.size === 0 && performance.now() - lookedAt < LOOK_ANYWAY_MS) return;
    const endpoints = [...(await readChanged(deps.pool)), ...(await unquiet(deps, quiet))];
    const waiting = new Set(endpoints.map(({ id }) => id));
    for (const id of rung.keys()) if (!waiting.has(id)) rung.delete(id);
    await ring(endpoints);
    if (endpoints.every(({ id }) => rung.has(id))) [version, lookedAt] = [now, performance.now()];
  };
  const loop = async () => {
    while (!stopping.signal.aborted) {
      await round().then(
        () => (isFailing = false),
        (error: unknown) => {
          if (!isFailing)
            deps.logger.warn({ err: error }, 'Heartbeats could not be told of a change; it is tried again');
          isFailing = true;
        },
      );
      await pause(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** Of those that a maintenance kept quiet, the ones that none keeps quiet any more. */
async function unquiet(
  { pool }: Pick<ActivityDeps, 'pool'>,
  quiet: ReturnType<typeof createQuietTimes>,
): Promise<WatchedEndpoint[]> {
  const late = await readQuiet(pool);
  if (late.length === 0) return [];
  const quietOf = await quiet.read(pool);
  return late.filter(({ config }) => quietOf(config).explain(Date.now()) === null);
}
