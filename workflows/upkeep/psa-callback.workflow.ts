import { proxyActivities } from '@temporalio/workflow';
import type { PsaWatchActivities } from '../../activities/psa-callbacks/psa-watch.activities.ts';
import type { CallbackEnd } from '../contracts/psa-watch.ts';
import { PSA_WATCH } from '../policies.ts';

const { keepCallback } = proxyActivities<PsaWatchActivities>(PSA_WATCH);

/** Makes sure that the ticket system calls us when a ticket changes, or no longer does where a person said so. */
export async function psaCallbackWorkflow(): Promise<CallbackEnd> {
  return keepCallback({ now: new Date().toISOString() });
}
