import { Counter, Registry } from 'prom-client';

/** How an analysis can end: written on its ticket, called off, or the reason why there is no note. */
export const ANALYSIS_RESULTS = [
  'noted',
  'cancelled',
  'away',
  'missing',
  'slow',
  'busy',
  'refused',
  'failed',
  'unreadable',
  'too-long',
  'empty',
  'babbling',
  'budget',
  'lost',
  'note-refused',
] as const;
export type AnalysisResult = (typeof ANALYSIS_RESULTS)[number];

/** The series of analyses of this process; the worker serves them. */
export const analysisMetrics = new Registry();

const analyses = new Counter({
  name: 'hookwise_analyses_total',
  help: 'Analyses by how they ended: noted on the ticket, cancelled, or why the model gave no note.',
  labelNames: ['result'],
  registers: [analysisMetrics],
});
for (const result of ANALYSIS_RESULTS) analyses.inc({ result }, 0);

export function countAnalysis(result: AnalysisResult): void {
  analyses.inc({ result });
}
