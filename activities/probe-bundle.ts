import { INCIDENT_WORKFLOW } from '../workflows/contracts/incident.ts';
import { TASK_QUEUES } from '../workflows/contracts/queues.ts';
import { replayHistory } from './replay.ts';

const AT = '2026-01-01T00:00:00Z';
const RUN_ID = '00000000-0000-4000-8000-000000000000';

/** The first events of an incident that has just been started: enough to load the bundle and run it to its first step. */
const BEGINNING = {
  events: [
    {
      eventId: '1',
      eventTime: AT,
      eventType: 'EVENT_TYPE_WORKFLOW_EXECUTION_STARTED',
      workflowExecutionStartedEventAttributes: {
        workflowType: { name: INCIDENT_WORKFLOW },
        taskQueue: { name: TASK_QUEUES.workflows, kind: 'TASK_QUEUE_KIND_NORMAL' },
        input: {
          payloads: [
            {
              metadata: { encoding: Buffer.from('json/plain').toString('base64') },
              data: Buffer.from('{"key":"probe"}').toString('base64'),
            },
          ],
        },
        workflowTaskTimeout: '10s',
        originalExecutionRunId: RUN_ID,
        firstExecutionRunId: RUN_ID,
        attempt: 1,
        workflowId: 'probe',
      },
    },
    {
      eventId: '2',
      eventTime: AT,
      eventType: 'EVENT_TYPE_WORKFLOW_TASK_SCHEDULED',
      workflowTaskScheduledEventAttributes: { taskQueue: { name: TASK_QUEUES.workflows }, attempt: 1 },
    },
    {
      eventId: '3',
      eventTime: AT,
      eventType: 'EVENT_TYPE_WORKFLOW_TASK_STARTED',
      workflowTaskStartedEventAttributes: { scheduledEventId: '2', identity: 'probe', requestId: 'probe' },
    },
  ],
};

/** Loads the bundle and begins an incident in it, away from any server. Throws what a broken bundle throws, at once. */
export async function probeBundle(bundle: { codePath: string }): Promise<void> {
  await replayHistory(bundle, BEGINNING, 'probe');
}
