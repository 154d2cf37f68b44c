import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/contracts/search-attributes.ts';
import { UPKEEP_SCHEDULE, UPKEEP_WORKFLOW } from '../../workflows/contracts/upkeep.ts';

const KEYWORD = 2;

/** Makes the search attributes and the schedules that the namespace lacks. Idempotent; safe from several processes at once. */
export async function prepareTemporal(client: Client, namespace: string): Promise<void> {
  await prepareSearchAttributes(client, namespace);
  await prepareUpkeep(client);
}

async function prepareSearchAttributes(client: Client, namespace: string): Promise<void> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(SEARCH_ATTRIBUTES).filter((name) => !(name in customAttributes));
  if (missing.length === 0) return;
  await client.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
  });
}

async function prepareUpkeep(client: Client): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: UPKEEP_SCHEDULE,
      spec: { intervals: [{ every: '1h', offset: '7m' }] },
      action: {
        type: 'startWorkflow',
        workflowType: UPKEEP_WORKFLOW,
        taskQueue: TASK_QUEUES.workflows,
        workflowId: UPKEEP_SCHEDULE,
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1h' },
      state: { note: 'Partitions ahead, retention, old rows.' },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
