import { proxyActivities } from '@temporalio/workflow';
import type { ReconcileActivities } from '../../activities/heartbeats/reconcile.activities.ts';
import type { HeartbeatReconcileEnd } from '../contracts/heartbeat.ts';
import { UPKEEP } from '../policies.ts';

const { reconcileHeartbeats } = proxyActivities<ReconcileActivities>(UPKEEP);

/** Compares the endpoints to be watched with the heartbeats that run, and mends what differs. */
export async function heartbeatReconcileWorkflow(): Promise<HeartbeatReconcileEnd> {
  return reconcileHeartbeats({ now: new Date().toISOString() });
}
