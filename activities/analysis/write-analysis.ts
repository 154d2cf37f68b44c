import type { AnalysisNoteInput, IncidentSnapshot } from '../../workflows/contracts/incident.ts';
import { countAnalysis, type AnalysisResult } from './analysis-metrics.ts';
import { recordAnalysisFailed } from '../journal/analyses.ts';
import { addTimeline, CALM, updateIncident } from '../journal/incident-changes.ts';
import type { IncidentRow } from '../journal/incident-row.ts';
import { readOwned, recordAndTake, type Step } from '../journal/own-incident.ts';
import { toldNote } from '../journal/told-note.ts';
import { recordTrouble } from '../tickets/record-trouble.ts';
import { noteKey } from '../tickets/ticket-key.ts';
import { TicketSystemError } from '../tickets/ticket-system.ts';
import { isTicketGone, sendNote } from '../tickets/write-notes.ts';

const LOST = 'No worker came to an end with it in time.';
const AGAIN = 'Run the analysis again from the console.';

/**
 * Writes the text of the analysis as an internal note, once however often it is tried. A ticket system that refuses the note costs
 * the ticket nothing: the refusal is kept with the analysis.
 */
export async function writeAnalysis(
  step: Step,
  { isLost }: Pick<AnalysisNoteInput, 'isLost'>,
): Promise<IncidentSnapshot> {
  const row = await readOwned(step);
  const { analysisId, ticketId } = row;
  if (analysisId === null || ticketId === null) return recordAndTake(step, async () => undefined);
  const fail = async (result: AnalysisResult, error: string, remedy: string | null) => {
    const snapshot = await recordAndTake(step, (tx) =>
      recordAnalysisFailed(tx, { analysisId, at: step.now(), error, remedy, model: null, tokens: null }),
    );
    countAnalysis(result);
    return snapshot;
  };
  if (!row.analysisReady) return isLost ? fail('lost', LOST, AGAIN) : recordAndTake(step, async () => undefined);
  try {
    const ready = await readReady(step, analysisId);
    if (ready === null) return await fail('lost', 'The text of the analysis is gone.', AGAIN);
    const note = noteOf(row, analysisId, ready);
    await sendNote(step, ticketId, note, true);
    const snapshot = await recordAndTake(step, async (tx, now) => {
      await tx.query(`update incident_analysis set state = 'noted' where id = $1 and state = 'ready'`, [analysisId]);
      await updateIncident(tx, now.id, { ...CALM, analysis_id: null, analysis_ready: false });
      const text = `Analysis by ${ready.model} written on ticket ${ticketId}.`;
      const data = {
        ...toldNote(ticketId, note),
        analysis: analysisId,
        model: ready.model,
        prompt: ready.promptVersion,
      };
      await addTimeline(tx, now.id, now.episode, [{ at: step.now(), kind: 'analysis', text, data }]);
    });
    countAnalysis('noted');
    return snapshot;
  } catch (error) {
    const isFinal =
      error instanceof TicketSystemError &&
      (['invalid', 'not-applied', 'not-found'].includes(error.code) || isTicketGone(error));
    return isFinal
      ? fail('note-refused', `The ticket system refused the note: ${error.message}`, null)
      : recordTrouble(step, error);
  }
}

interface Ready {
  text: string;
  model: string;
  promptVersion: string;
}

async function readReady(step: Step, analysisId: string): Promise<Ready | null> {
  const { rows } = await step.deps.pool.query(
    `select text, model, prompt_version as "promptVersion" from incident_analysis where id = $1 and state = 'ready'`,
    [analysisId],
  );
  return (rows[0] as Ready | undefined) ?? null;
}

function noteOf(row: IncidentRow, analysisId: string, { text, model, promptVersion }: Ready) {
  return {
    key: noteKey(row.id, row.episode, `analysis:${analysisId}`),
    body: `Automated analysis by a language model (${model}, prompt ${promptVersion}). It may be wrong: check before acting.\n\n${text}`,
    purpose: 'analysis' as const,
    visibility: 'internal' as const,
    alert: null,
    last: null,
    throughSeq: null,
  };
}
