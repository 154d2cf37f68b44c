import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import { PSA_CALLBACK_WORKFLOW, PSA_CALLBACK_WORKFLOW_ID } from '../../workflows/contracts/psa-watch.ts';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';

/** Has a worker register or remove our callback at the ticket system, and waits for it until `deadline`. Throws the client's errors. */
export async function keepCallbackNow(client: Client, deadline: Date): Promise<void> {
  await client.withDeadline(deadline, async () => {
    const handle = await client.workflow.start(PSA_CALLBACK_WORKFLOW, {
      workflowId: PSA_CALLBACK_WORKFLOW_ID,
      taskQueue: TASK_QUEUES.workflows,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.TERMINATE_EXISTING,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      workflowExecutionTimeout: '5 m',
      staticSummary: 'Our callback at the ticket system',
    });
    await handle.result();
  });
}
