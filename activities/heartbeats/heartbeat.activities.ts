import type { HeartbeatLook, HeartbeatLookInput } from '../../workflows/contracts/heartbeat.ts';
import { heartbeatIncidentKey } from '../../workflows/contracts/ids.ts';
import type { ActivityDeps } from '../deps.ts';
import { awaitDeadline } from './await-deadline.ts';
import { lookOnce } from './look-at-heartbeat.ts';
import { readLastSeen } from './read-facts.ts';
import { createQuietTimes } from './read-quiet.ts';

const SECOND_MS = 1_000;

/** The heartbeat's one activity. It never calls a ticket system: it is a sender to its own incident. */
export function createHeartbeatActivities(deps: ActivityDeps) {
  const quiet = createQuietTimes();
  const mayRing = createAllowance(() => deps.settings.heartbeats.ringsPerSecond);
  return {
    /**
     * Judges one endpoint's silence at `now`, or at its deadline where that is near, and tells it where it is late. After telling
     * it looks once more, for a webhook that was planned between its look and its commit. May run twice.
     */
    lookAtHeartbeat: async (asked: HeartbeatLookInput): Promise<HeartbeatLook> => {
      const input = { ...asked, now: await awaitDeadline(deps.pool, asked, deps.settings.heartbeats.leadMs) };
      const begunAt = performance.now();
      const first = await lookOnce(deps, quiet, input);
      const now = () => new Date(Date.parse(input.now) + Math.round(performance.now() - begunAt)).toISOString();
      const isHeard = first.isRaised && (await isHeardSince(deps, input, first.look));
      const last = isHeard ? await lookOnce(deps, quiet, { ...input, now: now() }) : first;
      if ((first.isRaised || first.isEnded || last.isEnded) && mayRing())
        await deps.bells.ringIncidents([heartbeatIncidentKey(input.endpointId)]);
      return last.look;
    },
  };
}

/** Says yes so many times a second. */
function createAllowance(perSecond: () => number): () => boolean {
  let second = { began: -Infinity, asked: 0 };
  return () => {
    const at = performance.now();
    if (at - second.began >= SECOND_MS) second = { began: at, asked: 0 };
    second.asked += 1;
    return second.asked <= perSecond();
  };
}

async function isHeardSince(
  { pool }: ActivityDeps,
  { endpointId, now }: HeartbeatLookInput,
  { lastSeenAt }: HeartbeatLook,
): Promise<boolean> {
  const known = { version: 1, since: new Date(now), lastSeenAt: lastSeenAt === null ? null : new Date(lastSeenAt) };
  const seen = await readLastSeen(pool, endpointId, known);
  return seen !== null && seen.at.toISOString() !== lastSeenAt;
}

export type HeartbeatActivities = ReturnType<typeof createHeartbeatActivities>;
