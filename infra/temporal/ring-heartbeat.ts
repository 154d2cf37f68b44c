import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { HEARTBEAT_BELL_SIGNAL, HEARTBEAT_WORKFLOW, type HeartbeatInput } from '../../workflows/contracts/heartbeat.ts';
import { heartbeatWorkflowId } from '../../workflows/contracts/ids.ts';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/contracts/search-attributes.ts';

const ENDPOINT = defineSearchAttributeKey(SEARCH_ATTRIBUTES.endpoint, SearchAttributeType.KEYWORD);
const IDS = heartbeatWorkflowId('');
/** A deadline that has come goes before every bell that waits (1 of 5, incidents have 3): it is exact in a storm too. */
const FIRST = 1;

/** Has an endpoint's heartbeat look again, starting it where none runs. Throws the client's errors; the caller bounds the time. */
export async function ringHeartbeat(client: Client, endpoint: { id: string; name: string }): Promise<void> {
  await client.workflow.signalWithStart(HEARTBEAT_WORKFLOW, {
    workflowId: heartbeatWorkflowId(endpoint.id),
    taskQueue: TASK_QUEUES.workflows,
    args: [{ endpointId: endpoint.id } satisfies HeartbeatInput],
    signal: HEARTBEAT_BELL_SIGNAL,
    signalArgs: [],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: [...`Heartbeat of ${endpoint.name}`].slice(0, 99).join(''),
    staticDetails: `Watches the silence of endpoint \`${endpoint.id}\`. Webhooks cost it nothing: it reads the last one when it wakes.`,
    typedSearchAttributes: [{ key: ENDPOINT, value: endpoint.id }],
    priority: { priorityKey: FIRST, fairnessKey: endpoint.id },
  });
}

/** The endpoints whose heartbeat runs, as the server lists them: a second or so old. */
export async function runningHeartbeats(client: Client): Promise<Set<string>> {
  const found = new Set<string>();
  const query = `WorkflowType = '${HEARTBEAT_WORKFLOW}' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 1_000 }))
    if (workflowId.startsWith(IDS)) found.add(workflowId.slice(IDS.length));
  return found;
}
