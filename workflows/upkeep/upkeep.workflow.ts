import { proxyActivities } from '@temporalio/workflow';
import type { UpkeepActivities } from '../../activities/upkeep/upkeep.activities.ts';
import type { UpkeepEnd } from '../contracts/upkeep.ts';
import { UPKEEP } from '../policies.ts';

const { keepPartitions, forgetOldRows } = proxyActivities<UpkeepActivities>(UPKEEP);

/** Makes the partitions of the days ahead, drops those past retention whose alerts are all settled, forgets old rows. */
export async function upkeepWorkflow(): Promise<UpkeepEnd> {
  const now = new Date().toISOString();
  const partitions = await keepPartitions({ now });
  return { ...partitions, forgotten: await forgetOldRows({ now }) };
}
