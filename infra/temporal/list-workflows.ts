import type { Client } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../workflows/contracts/search-attributes.ts';

/** A workflow as the list knows it. Instants are ISO strings. */
export interface ListedWorkflow {
  workflowId: string;
  runId: string;
  type: string;
  /** The number that the server gives a status. */
  status: number;
  startedAt: string | null;
  closedAt: string | null;
  historyLength: number;
  /** The search attributes of ours that it carries. */
  phase: string | null;
  ticket: string | null;
  /** What the server reports of its workflow tasks, such as `category=WorkflowTaskFailed`. */
  problems: string[];
}

const PROBLEMS = 'TemporalReportedProblems';

/**
 * A page of the workflows that `query` finds, in the server's own order, with how many it finds in all. `token` is that of the
 * page before. Throws the client's errors.
 */
export async function listWorkflows(
  client: Client,
  namespace: string,
  asked: { query: string; pageSize: number; token: string | null },
): Promise<{ items: ListedWorkflow[]; token: string | null; count: number }> {
  const page = await client.workflowService.listWorkflowExecutions({
    namespace,
    query: asked.query,
    pageSize: asked.pageSize,
    nextPageToken: asked.token === null ? null : Buffer.from(asked.token, 'base64url'),
  });
  const { count } = await client.workflowService.countWorkflowExecutions({ namespace, query: asked.query });
  return {
    items: (page.executions ?? []).map((one) => {
      const attribute = (name: string): unknown => decoded(one.searchAttributes?.indexedFields?.[name]?.data);
      const text = (name: string): string | null => {
        const value = attribute(name);
        return typeof value === 'string' ? value : null;
      };
      const problems = attribute(PROBLEMS);
      return {
        workflowId: one.execution?.workflowId ?? '',
        runId: one.execution?.runId ?? '',
        type: one.type?.name ?? '',
        status: one.status ?? 0,
        startedAt: isoOf(one.startTime),
        closedAt: isoOf(one.closeTime),
        historyLength: Number(one.historyLength ?? 0),
        phase: text(SEARCH_ATTRIBUTES.phase),
        ticket: text(SEARCH_ATTRIBUTES.ticket),
        problems: Array.isArray(problems) ? problems.map(String) : [],
      };
    }),
    token: page.nextPageToken?.length ? Buffer.from(page.nextPageToken).toString('base64url') : null,
    count: Number(count ?? 0),
  };
}

function decoded(data: Uint8Array | null | undefined): unknown {
  return data?.length ? JSON.parse(Buffer.from(data).toString()) : null;
}

function isoOf(at: { seconds?: unknown } | null | undefined): string | null {
  return at?.seconds == null ? null : new Date(Number(at.seconds) * 1000).toISOString();
}
