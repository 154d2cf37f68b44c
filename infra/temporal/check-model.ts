import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import { MODEL_CHECK_WORKFLOW, MODEL_CHECK_WORKFLOW_ID } from '../../workflows/contracts/model-check.ts';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';

/** Has the worker ask the language model how it is, and waits for it until `deadline`. Throws the client's errors. */
export async function checkModelNow(client: Client, deadline: Date): Promise<void> {
  await client.withDeadline(deadline, async () => {
    const handle = await client.workflow.start(MODEL_CHECK_WORKFLOW, {
      workflowId: MODEL_CHECK_WORKFLOW_ID,
      taskQueue: TASK_QUEUES.workflows,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      workflowExecutionTimeout: '1 m',
      staticSummary: 'Asking the language model how it is',
    });
    await handle.result();
  });
}
