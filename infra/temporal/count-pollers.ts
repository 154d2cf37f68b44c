import type { Client } from '@temporalio/client';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';

const WORKFLOW_QUEUE = 1;

/** How many workers poll the workflow queue, as the server knows. Throws the client's errors. */
export async function countPollers(client: Client, namespace: string, deadline: Date): Promise<number> {
  const { pollers } = await client.withDeadline(deadline, () =>
    client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: TASK_QUEUES.workflows },
      taskQueueType: WORKFLOW_QUEUE,
    }),
  );
  return pollers?.length ?? 0;
}
