import type { Client } from '@temporalio/client';

const PAGE = 1_000;

/** The ids of all running workflows of a type, page by page as the server lists them: a second or so old. Throws the client's errors. */
export async function runningWorkflows(client: Client, type: string): Promise<Set<string>> {
  const found = new Set<string>();
  const query = `WorkflowType = '${type}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of client.workflow.list({ query, pageSize: PAGE })) found.add(workflowId);
  return found;
}
