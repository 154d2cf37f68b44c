import { continueAsNew, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { BulkReplayActivities } from '../../activities/bulk-replay/bulk-replay.activities.ts';
import type { BulkReplayInput } from '../contracts/bulk-replay.ts';
import { CHECK } from '../policies.ts';

const { replayNextPage } = proxyActivities<BulkReplayActivities>({
  ...CHECK,
  scheduleToCloseTimeout: '10 days',
});

const STEPS_A_RUN = 500;
const PATIENCE_STEPS = 60;

/** Replays the webhooks of a filter page by page, at its rate, until it is done or was cancelled. The row in Postgres says which. */
export async function bulkReplayWorkflow(input: BulkReplayInput): Promise<void> {
  let unknown = 0;
  for (let step = 0; ; step += 1) {
    const { state, pauseMs } = await replayNextPage({ id: input.id });
    unknown = state === 'unknown' ? unknown + 1 : 0;
    if (state === 'over' || unknown > PATIENCE_STEPS) return;
    if (step >= STEPS_A_RUN || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof bulkReplayWorkflow>(input);
    await sleep(pauseMs);
  }
}
