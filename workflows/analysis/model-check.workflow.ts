import { proxyActivities } from '@temporalio/workflow';
import type { AnalysisActivities } from '../../activities/analysis/analysis.activities.ts';
import { MODEL_CHECK } from '../policies.ts';

const { checkModel } = proxyActivities<Pick<AnalysisActivities, 'checkModel'>>(MODEL_CHECK);

/** Asks the language model how it is. */
export async function modelCheckWorkflow(): Promise<void> {
  await checkModel({ now: new Date().toISOString() });
}
