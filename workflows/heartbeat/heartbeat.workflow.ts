import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { HeartbeatActivities } from '../../activities/heartbeats/heartbeat.activities.ts';
import {
  HEARTBEAT_BELL_SIGNAL,
  HEARTBEAT_QUERY,
  type HeartbeatEnd,
  type HeartbeatInput,
  type HeartbeatLook,
} from '../contracts/heartbeat.ts';
import { QUICK } from '../policies.ts';
import { describeHeartbeat } from './heartbeat.details.ts';

const { lookAtHeartbeat } = proxyLocalActivities<HeartbeatActivities>(QUICK);

/** A short history is cheap to replay for a worker that has put the workflow out of its cache. */
const MOST_LOOKS = 40;

/**
 * Watches the silence of one endpoint: sleeps until its next webhook would be late, looks into Postgres, sleeps on or has
 * told. Webhooks do not wake it; a changed configuration does. Ends when there is nothing to watch.
 */
export async function heartbeatWorkflow({ endpointId }: HeartbeatInput): Promise<HeartbeatEnd> {
  let bell = false;
  let look: HeartbeatLook | null = null;
  setHandler(defineSignal(HEARTBEAT_BELL_SIGNAL), () => void (bell = true));
  setHandler(defineQuery<HeartbeatLook | null>(HEARTBEAT_QUERY), () => look);

  for (let looks = 1; ; looks += 1) {
    bell = false;
    look = await lookAtHeartbeat({ endpointId, now: new Date().toISOString() });
    setCurrentDetails(describeHeartbeat(look));
    if (look.phase === 'off' && isAtRest(bell)) return { end: 'off' };
    if (isAtRest(bell) && (looks >= MOST_LOOKS || workflowInfo().continueAsNewSuggested))
      await continueAsNew<typeof heartbeatWorkflow>({ endpointId });
    await sleepUntil(look.wakesAt, () => bell);
  }
}

function isAtRest(bell: boolean): boolean {
  return !bell && allHandlersFinished();
}

async function sleepUntil(instant: string | null, isAwake: () => boolean): Promise<void> {
  const restMs = instant === null ? null : Date.parse(instant) - Date.now();
  if (restMs === null) await condition(isAwake);
  else if (restMs > 0) await condition(isAwake, restMs);
}
