import { DefaultLogger, Runtime, Worker, type ReplayWorkerOptions } from '@temporalio/worker';
import type { ActivityDeps } from './deps.ts';
import { createActivities } from './index.ts';

/** For a process that only replays: of the SDK's own words nothing below an error. Before its first worker. */
export function installQuietRuntime(): void {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
  });
}

/**
 * Runs a history (as the Web UI or `temporal workflow show --output json` export it) against the workflow code of `bundle`,
 * away from any server. Throws `DeterminismViolationError` that says where the code departs from the history.
 */
export async function replayHistory(bundle: { codePath: string }, history: unknown, workflowId: string): Promise<void> {
  const options: ReplayWorkerOptions & { activities: object } = {
    workflowBundle: bundle,
    activities: localActivityNames(),
  };
  await Worker.runReplayHistory(options, history, workflowId);
}

/** A replay runs no activity, but the SDK wants the local ones to be known by name. */
function localActivityNames(): Record<string, () => never> {
  const names = Object.keys(createActivities({} as ActivityDeps).workflows);
  return Object.fromEntries(
    names.map((name) => [
      name,
      () => {
        throw new Error('A replay runs no activity.');
      },
    ]),
  );
}
