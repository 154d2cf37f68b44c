import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PendingActivity } from '../../../infra/temporal/describe-run.ts';
import type { ListedWorkflow } from '../../../infra/temporal/list-workflows.ts';
import { readMaskingWords } from '../../../infra/database/masking-words.ts';
import { maskText } from '../../../workflows/domain/mask-text.ts';
import { workflowUrl } from '../incidents/present.ts';
import { invalid, VerbError } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../paging.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { nameWorkflows } from './name-workflows.ts';
import { recently } from './recently.ts';
import {
  WORKFLOW_STATUSES,
  WORKFLOW_TYPES,
  WorkflowQuery,
  type WorkflowPage,
  type WorkflowStatus,
  type WorkflowType,
} from './schemas.ts';
import { visibilityQuery } from './visibility-query.ts';

const PATIENCE_MS = 3_000;
const DESCRIBE_MS = 2_000;
const PAGE = 50;
/** Each of these is described, so there are few. */
const PAGE_DESCRIBED = 20;
const LONGEST_FAILURE = 300;
const TYPE_OF = new Map(Object.entries(WORKFLOW_TYPES).map(([type, name]) => [name as string, type as WorkflowType]));
const STATUS_OF = [null, ...Object.keys(WORKFLOW_STATUSES)] as (WorkflowStatus | null)[];

/** Workflows as Temporal lists them, a few seconds old and in its order. Throws `unavailable` while it does not answer. */
export const listWorkflows = defineVerb({
  name: 'workflow.list',
  role: 'viewer',
  input: z.object({ query: WorkflowQuery }),
  run: async (context, { query }): Promise<WorkflowPage> => {
    const { items, token, count, failing } = await recently(keyOf(context, query), () => ask(context, query));
    const shown = query.failing === 'activities' ? items.filter(({ runId }) => failing.has(runId)) : items;
    const [nameOf, words] = await Promise.all([
      nameWorkflows(
        context.pool,
        shown.map(({ workflowId }) => workflowId),
      ),
      readMaskingWords(context.pool),
    ]);
    return {
      items: shown.map(({ type, status, ticket, ...one }) => ({
        ...one,
        ...nameOf(one.workflowId),
        type: TYPE_OF.get(type) ?? null,
        typeName: type,
        status: STATUS_OF[status] ?? null,
        ticketId: ticket,
        failing: (failing.get(one.runId) ?? []).map(({ activity, attempt, failure }) => ({
          activity,
          attempt,
          failure: failure === null ? null : maskText(failure, words).slice(0, LONGEST_FAILURE),
        })),
        url: `${workflowUrl(context, one.workflowId)}/${one.runId}/history`,
      })),
      nextCursor: token === null ? null : encodeCursor([listOf(query), token]),
      count,
      looked: items.length,
    };
  },
});

function keyOf({ config }: VerbContext, query: WorkflowQuery): string {
  return JSON.stringify([config.TEMPORAL_ADDRESS, config.TEMPORAL_NAMESPACE, query]);
}

interface Answer {
  items: ListedWorkflow[];
  token: string | null;
  count: number;
  /** What is tried again, by run. */
  failing: Map<string, PendingActivity[]>;
}

async function ask(context: VerbContext, query: WorkflowQuery): Promise<Answer> {
  const [{ listWorkflows: list }, { inTime }] = await Promise.all([
    import('../../../infra/temporal/list-workflows.ts'),
    import('../../../infra/temporal/in-time.ts'),
  ]);
  const isDescribed = query.failing === 'activities';
  const token = tokenOf(query);
  try {
    const client = await context.temporal();
    const page = await inTime(client, PATIENCE_MS, () =>
      list(client, context.config.TEMPORAL_NAMESPACE, {
        query: visibilityQuery(query),
        pageSize: isDescribed ? PAGE_DESCRIBED : PAGE,
        token,
      }),
    );
    return { ...page, failing: isDescribed ? await failingOf(context, page.items) : new Map() };
  } catch (error) {
    context.logger.warn({ err: error }, 'Temporal did not list its workflows');
    throw new VerbError(
      'unavailable',
      'Temporal does not answer, and only it knows its workflows. Incidents, tickets and history are kept in Postgres and stand on their own pages.',
      { cause: error },
    );
  }
}

/** Temporal's own token in the cursor; it goes on in the list that it came from alone. */
function tokenOf(query: WorkflowQuery): string | null {
  if (query.cursor === undefined) return null;
  const [list, token] = decodeCursor(query.cursor, 2) ?? [];
  if (token === undefined || list !== listOf(query))
    throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
  return token;
}

function listOf(query: WorkflowQuery): string {
  return createHash('sha256').update(visibilityQuery(query)).digest('base64url').slice(0, 12);
}

/** The activities of these workflows that failed at least once and are not over; of those that answer in time. */
async function failingOf(
  context: VerbContext,
  workflows: readonly ListedWorkflow[],
): Promise<Map<string, PendingActivity[]>> {
  const [{ describeRun }, { inTime }] = await Promise.all([
    import('../../../infra/temporal/describe-run.ts'),
    import('../../../infra/temporal/in-time.ts'),
  ]);
  const client = await context.temporal();
  const described = await Promise.allSettled(
    workflows.map(async ({ workflowId, runId }) => {
      const run = await inTime(client, DESCRIBE_MS, () => describeRun(client, workflowId));
      return [runId, run?.pending.filter(({ attempt, failure }) => attempt > 1 || failure !== null) ?? []] as const;
    }),
  );
  return new Map(
    described.flatMap((one) => (one.status === 'fulfilled' && one.value[1].length > 0 ? [one.value] : [])),
  );
}
