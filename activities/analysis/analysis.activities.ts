import { Context } from '@temporalio/activity';
import type { AnalysisInput } from '../../workflows/contracts/incident.ts';
import type { ActivityDeps } from '../deps.ts';
import { analyseIncident as analyse } from './analyse-incident.ts';
import type { ModelHealth } from './language-model.ts';
import { probeModel } from './model-health.ts';

const BEAT_MS = 3_000;

/** Work with the language model, on a task queue of its own: a slow one never holds a ticket back. May run twice. */
export function createAnalysisActivities(deps: ActivityDeps) {
  return {
    /** Records the text, or why there is none,. */
    analyseIncident: (input: AnalysisInput): Promise<void> => beating((signal) => analyse(deps, input, signal)),
    /** Asks the model how it is and keeps the answer for the console. */
    checkModel: (input: { now: string }): Promise<ModelHealth> =>
      beating((signal) => probeModel(deps, input.now, signal, true)),
  };
}

export type AnalysisActivities = ReturnType<typeof createAnalysisActivities>;

async function beating<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), BEAT_MS);
  try {
    return await work(context.cancellationSignal);
  } catch (error) {
    context.cancellationSignal.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
  }
}
