import { proxyActivities } from '@temporalio/workflow';
import type { AgreementCheckActivities } from '../../activities/upkeep/agreement-check.activities.ts';
import type { AgreementCheckEnd } from '../contracts/agreement-check.ts';
import { CHECK } from '../policies.ts';

const { compareWithTemporal } = proxyActivities<AgreementCheckActivities>(CHECK);

/** Compares the workflows that Postgres wants with those that run, and keeps where they differ; it changes neither. */
export async function agreementCheckWorkflow(): Promise<AgreementCheckEnd> {
  return { kinds: await compareWithTemporal({ now: new Date().toISOString() }) };
}
