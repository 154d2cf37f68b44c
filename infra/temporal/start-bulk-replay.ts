import { WorkflowIdConflictPolicy, type Client } from '@temporalio/client';
import { BULK_REPLAY_WORKFLOW, bulkReplayWorkflowId } from '../../workflows/contracts/bulk-replay.ts';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';

/** Starts the workflow of a replay by filter. Asks until `deadline`; throws the client's errors. */
export async function startBulkReplay(client: Client, id: string, deadline: Date): Promise<void> {
  await client.withDeadline(deadline, () =>
    client.workflow.start(BULK_REPLAY_WORKFLOW, {
      workflowId: bulkReplayWorkflowId(id),
      taskQueue: TASK_QUEUES.workflows,
      args: [{ id }],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      staticSummary: 'Replaying the webhooks of a filter',
    }),
  );
}
