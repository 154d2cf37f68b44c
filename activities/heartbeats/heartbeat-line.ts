import type { Client } from '@temporalio/client';
import { ringHeartbeat, runningHeartbeats } from '../../infra/temporal/ring-heartbeat.ts';

const RING_MS = 5_000;
const LIST_MS = 60_000;

/** An endpoint whose heartbeat is rung; the name is for show. */
export interface WatchedEndpoint {
  id: string;
  name: string;
}

/** What heartbeats need of Temporal. Both reject when it does not answer in time. */
export interface HeartbeatLine {
  ring(endpoint: WatchedEndpoint): Promise<void>;
  /** The endpoints whose workflow runs. */
  running(): Promise<Set<string>>;
}

export function createHeartbeatLine(client: Client): HeartbeatLine {
  return {
    ring: (endpoint) => client.withDeadline(Date.now() + RING_MS, () => ringHeartbeat(client, endpoint)),
    running: () => client.withDeadline(Date.now() + LIST_MS, () => runningHeartbeats(client)),
  };
}

/** Rings some at a time; answers those that were rung. Failures are the caller's to try again. */
export async function ringAll(
  line: HeartbeatLine,
  endpoints: readonly WatchedEndpoint[],
  failed: (error: unknown) => void,
): Promise<string[]> {
  const rung: string[] = [];
  let next = 0;
  const ringSome = async () => {
    for (let endpoint = endpoints[next++]; endpoint !== undefined; endpoint = endpoints[next++]) {
      try {
        await line.ring(endpoint);
        rung.push(endpoint.id);
      } catch (error) {
        failed(error);
      }
    }
  };
  await Promise.all(Array.from({ length: RINGS_AT_ONCE }, ringSome));
  return rung;
}

const RINGS_AT_ONCE = 8;
