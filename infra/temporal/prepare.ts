import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type Client, type ScheduleOptions } from '@temporalio/client';
import { AGREEMENT_CHECK_SCHEDULE, AGREEMENT_CHECK_WORKFLOW } from '../../workflows/contracts/agreement-check.ts';
import { CATALOG_SCHEDULE, CATALOG_WORKFLOW, type CatalogInput } from '../../workflows/contracts/catalog.ts';
import { ENDPOINT_CHECK_SCHEDULE, ENDPOINT_CHECK_WORKFLOW } from '../../workflows/contracts/endpoint-check.ts';
import { HEARTBEAT_RECONCILE_SCHEDULE, HEARTBEAT_RECONCILE_WORKFLOW } from '../../workflows/contracts/heartbeat.ts';
import {
  PSA_CALLBACK_SCHEDULE,
  PSA_CALLBACK_WORKFLOW,
  PSA_SWEEP_SCHEDULE,
  PSA_SWEEP_WORKFLOW,
} from '../../workflows/contracts/psa-watch.ts';
import { TASK_QUEUES } from '../../workflows/contracts/queues.ts';
import { SEARCH_ATTRIBUTES } from '../../workflows/contracts/search-attributes.ts';
import { UPKEEP_SCHEDULE, UPKEEP_WORKFLOW } from '../../workflows/contracts/upkeep.ts';

const KEYWORD = 2;
const ALWAYS: CatalogInput = { youngerThanMs: 0 };

/** A workflow that Temporal starts again and again; its id is the schedule's, with the time. */
interface Recurring {
  id: string;
  workflow: string;
  args: unknown[];
  every: ScheduleOptions['spec'];
  note: string;
  /** Also as soon as the schedule is made, which a new Temporal server needs. */
  isAtOnce?: true;
}

const RECURRING: readonly Recurring[] = [
  {
    id: UPKEEP_SCHEDULE,
    workflow: UPKEEP_WORKFLOW,
    args: [],
    every: { intervals: [{ every: '1h', offset: '7m' }] },
    note: 'Partitions ahead, retention, old rows.',
  },
  {
    id: CATALOG_SCHEDULE,
    workflow: CATALOG_WORKFLOW,
    args: [ALWAYS],
    every: { intervals: [{ every: '6h', offset: '23m' }] },
    note: 'The pick lists of the ticket system.',
  },
  {
    id: ENDPOINT_CHECK_SCHEDULE,
    workflow: ENDPOINT_CHECK_WORKFLOW,
    args: [],
    every: { intervals: [{ every: '15m', offset: '3m' }] },
    note: 'Whether every endpoint is still as good as when it was saved.',
  },
  {
    id: HEARTBEAT_RECONCILE_SCHEDULE,
    workflow: HEARTBEAT_RECONCILE_WORKFLOW,
    args: [],
    every: { intervals: [{ every: '10m', offset: '1m' }] },
    note: 'Whether every endpoint whose silence is watched has its timer.',
    isAtOnce: true,
  },
  {
    id: AGREEMENT_CHECK_SCHEDULE,
    workflow: AGREEMENT_CHECK_WORKFLOW,
    args: [],
    every: { intervals: [{ every: '10m', offset: '4m' }] },
    note: 'Whether the workflows that should run are those that do.',
    isAtOnce: true,
  },
  {
    id: PSA_CALLBACK_SCHEDULE,
    workflow: PSA_CALLBACK_WORKFLOW,
    args: [],
    every: { intervals: [{ every: '1h', offset: '11m' }] },
    note: 'Our callback at the ticket system.',
    isAtOnce: true,
  },
  {
    id: PSA_SWEEP_SCHEDULE,
    workflow: PSA_SWEEP_WORKFLOW,
    args: [],
    every: { intervals: [{ every: '5m', offset: '2m' }] },
    note: 'Tickets that people closed, merged or deleted.',
  },
];

/** Makes the search attributes and the schedules that the namespace lacks. Idempotent; safe from several processes at once. */
export async function prepareTemporal(client: Client, namespace: string): Promise<void> {
  await prepareSearchAttributes(client, namespace);
  for (const recurring of RECURRING) await prepareSchedule(client, recurring);
}

async function prepareSearchAttributes(client: Client, namespace: string): Promise<void> {
  const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(SEARCH_ATTRIBUTES).filter((name) => !(name in customAttributes));
  if (missing.length === 0) return;
  await client.connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
  });
}

/** Makes the schedule, or gives one that an older version made what this version says; whoever paused it finds it paused. */
async function prepareSchedule(
  client: Client,
  { id, workflow, args, every, note, isAtOnce }: Recurring,
): Promise<void> {
  const schedule = {
    spec: every,
    action: {
      type: 'startWorkflow' as const,
      workflowType: workflow,
      taskQueue: TASK_QUEUES.workflows,
      workflowId: id,
      args,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1h' as const },
  };
  try {
    await client.schedule.create({
      ...schedule,
      scheduleId: id,
      state: { note, triggerImmediately: isAtOnce ?? false },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(id).update(({ state }) => ({ ...schedule, state: { ...state, note } }));
  }
}
