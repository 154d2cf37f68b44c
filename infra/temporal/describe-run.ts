import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { INCIDENT_QUERY, type IncidentView } from '../../workflows/contracts/incident.ts';

/** An activity that is not over; `attempt` counts from 1. */
export interface PendingActivity {
  activity: string;
  isRunning: boolean;
  attempt: number;
  /** What the last try ended with. */
  failure: string | null;
  /** When the next try begins, where one waits. */
  nextTryAt: string | null;
}

/** The newest run of a workflow as the server describes it. Instants are ISO strings. */
export interface RunDescription {
  runId: string;
  /** `RUNNING`, `COMPLETED`, `FAILED`, `TERMINATED`, … */
  status: string;
  startedAt: string;
  closedAt: string | null;
  historyLength: number;
  pending: PendingActivity[];
}

const STARTED = 2;

/** Describes the newest run of `workflowId`; null where the server knows none. Throws the client's errors. */
export async function describeRun(client: Client, workflowId: string): Promise<RunDescription | null> {
  try {
    const found = await client.workflow.getHandle(workflowId).describe();
    return {
      runId: found.runId,
      status: found.status.name,
      startedAt: found.startTime.toISOString(),
      closedAt: found.closeTime?.toISOString() ?? null,
      historyLength: found.historyLength,
      pending: (found.raw.pendingActivities ?? []).map((one) => ({
        activity: one.activityType?.name ?? '',
        isRunning: one.state === STARTED,
        attempt: one.attempt ?? 1,
        failure: one.lastFailure?.message ?? null,
        nextTryAt: isoOf(one.nextAttemptScheduleTime),
      })),
    };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/** What the running workflow of an incident says of itself; a worker must answer it. Throws the client's errors. */
export function queryIncident(client: Client, workflowId: string): Promise<IncidentView> {
  return client.workflow.getHandle(workflowId).query<IncidentView>(INCIDENT_QUERY);
}

function isoOf(at: { seconds?: unknown; nanos?: number | null } | null | undefined): string | null {
  if (at?.seconds == null) return null;
  return new Date(Number(at.seconds) * 1000 + Math.floor((at.nanos ?? 0) / 1e6)).toISOString();
}
