import type { Client } from '@temporalio/client';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';

const WORKFLOW_QUEUE = 1;

/** A poll waits a minute at most, then comes again; the server notes its begin and its end, and keeps them for five minutes. */
const SEEN_MS = 80_000;

/** How many workers poll the workflow queue: those that came again of late. Throws the client's errors. */
export async function countPollers(client: Client, namespace: string, deadline: Date): Promise<number> {
  const { pollers } = await client.withDeadline(deadline, () =>
    client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: TASK_QUEUES.workflows },
      taskQueueType: WORKFLOW_QUEUE,
    }),
  );
  const since = Date.now() - SEEN_MS;
  return (pollers ?? []).filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > since).length;
}
