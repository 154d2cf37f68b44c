/** Replays by filter: one workflow each, whose facts stand in `bulk_replay`. Frozen once shipped. */
export const BULK_REPLAY_WORKFLOW = 'bulkReplayWorkflow';

export function bulkReplayWorkflowId(id: string): string {
  return `bulk-replay:${id}`;
}

export interface BulkReplayInput {
  id: string;
}

/** What one step came to: `unknown` while the row is not there (its transaction is not over, or was rolled back). Pauses in milliseconds. */
export interface BulkReplayStep {
  state: 'running' | 'over' | 'unknown';
  pauseMs: number;
}
