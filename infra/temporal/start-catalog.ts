import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy, type Client } from '@temporalio/client';
import { CATALOG_WORKFLOW, CATALOG_WORKFLOW_ID, type CatalogInput } from '../../workflows/contracts/catalog.ts';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';

/**
 * Starts a reading of the catalog, or joins the one under way, and answers its workflow's id. Asks until `deadline`; throws the
 * client's errors.
 */
export async function startCatalogReading(client: Client, input: CatalogInput, deadline: Date): Promise<string> {
  const handle = await client.withDeadline(deadline, () =>
    client.workflow.start(CATALOG_WORKFLOW, {
      workflowId: CATALOG_WORKFLOW_ID,
      taskQueue: TASK_QUEUES.workflows,
      args: [input],
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      staticSummary: 'Reading the pick lists of the ticket system',
    }),
  );
  return handle.workflowId;
}
