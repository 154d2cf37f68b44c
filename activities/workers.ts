import type { NativeConnection } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import { TASK_QUEUES } from '../workflows/contracts/queues.ts';
import type { createActivities } from './index.ts';

/** How many calls to a ticket system one worker process has under way at most. */
const MOST_TICKET_STEPS = 60;

/** An incident that is not cached when its ticket comes back is replayed from its history: a storm of new ones must fit. */
const MOST_CACHED_INCIDENTS = 600;

/**
 * A heartbeat waits for its deadline in a local activity and keeps its workflow task meanwhile: 15 a second for six seconds,
 * and room beside them. What of it is at work is bounded by the connections to Postgres.
 */
const MOST_WORKFLOW_TASKS = 150;

/** Models answer slowly and one after the other; more at once would only wait in the model server. */
const MOST_ANALYSES = 2;

/** The workers of one process: workflows with their quick local activities, ticket work, analyses, upkeep. */
export async function createWorkers(options: {
  connection: NativeConnection;
  namespace: string;
  bundle: { codePath: string };
  activities: ReturnType<typeof createActivities>;
  /** Second fence of the ticket system's rate; null means none. */
  ticketStepsPerSecond: number | null;
}): Promise<Worker[]> {
  const common = {
    connection: options.connection,
    namespace: options.namespace,
    shutdownGraceTime: '5 s',
    shutdownForceTime: '12 s',
  } as const;
  return Promise.all([
    Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.workflows,
      workflowBundle: options.bundle,
      activities: options.activities.workflows,
      maxCachedWorkflows: MOST_CACHED_INCIDENTS,
      maxConcurrentWorkflowTaskExecutions: MOST_WORKFLOW_TASKS,
      maxConcurrentLocalActivityExecutions: MOST_WORKFLOW_TASKS,
      stickyQueueScheduleToStartTimeout: '5 s',
      workflowTaskPollerBehavior: { type: 'autoscaling', initial: 4, minimum: 2, maximum: 10 },
    }),
    Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.tickets,
      activities: options.activities.tickets,
      maxConcurrentActivityTaskExecutions: MOST_TICKET_STEPS,
      maxHeartbeatThrottleInterval: '3 s',
      activityTaskPollerBehavior: { type: 'autoscaling', initial: 4, minimum: 2, maximum: 10 },
      ...(options.ticketStepsPerSecond === null
        ? {}
        : { maxTaskQueueActivitiesPerSecond: options.ticketStepsPerSecond }),
    }),
    Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.analysis,
      activities: options.activities.analysis,
      maxConcurrentActivityTaskExecutions: MOST_ANALYSES,
      maxHeartbeatThrottleInterval: '1 s',
    }),
    Worker.create({
      ...common,
      taskQueue: TASK_QUEUES.upkeep,
      activities: options.activities.upkeep,
      maxConcurrentActivityTaskExecutions: 10,
    }),
  ]);
}
