import { CancellationScope, isCancellation, log, proxyActivities } from '@temporalio/workflow';
import type { AnalysisActivities } from '../../activities/analysis/analysis.activities.ts';
import type { IncidentSnapshot } from '../contracts/incident.ts';
import { MODEL } from '../policies.ts';
import type { IncidentRun } from './incident.run.ts';

const { analyseIncident } = proxyActivities<Pick<AnalysisActivities, 'analyseIncident'>>(MODEL);

/** Begins the analysis that is asked for beside the story, which does not wait for it, and calls off one that is not wanted any more. */
export function tendAnalysis(run: IncidentRun, state: IncidentSnapshot): void {
  const wanted = state.analysisId ?? null;
  if (run.analysing !== null && run.analysing.id !== wanted) {
    run.analysing.scope.cancel();
    run.analysing = null;
  }
  if (wanted === null || state.isAnalysisReady === true || run.analysing !== null || run.analysed === wanted) return;
  const scope = new CancellationScope();
  run.analysing = { id: wanted, scope };
  scope
    .run(() => analyseIncident({ analysisId: wanted, now: new Date().toISOString() }))
    .catch((error: unknown) => {
      if (!isCancellation(error)) log.warn('The analysis was given up', { analysisId: wanted });
    })
    .finally(() => {
      if (run.analysing?.id !== wanted) return;
      run.analysing = null;
      run.analysed = wanted;
      run.bell = true;
    });
}

/** Whether nobody works on the analysis any more although it is still asked for. */
export function isAnalysisLost(run: IncidentRun, state: IncidentSnapshot): boolean {
  return state.analysisId != null && state.isAnalysisReady !== true && run.analysed === state.analysisId;
}
