import { createHash } from 'node:crypto';
import type { AnalysisInput } from '../../workflows/contracts/incident.ts';
import { checkAnswer } from '../../workflows/domain/analysis-answer.ts';
import { analysisPrompt, PROMPT_VERSION } from '../../workflows/domain/analysis-prompt.ts';
import type { ActivityDeps } from '../deps.ts';
import { recordAnalysisFailed } from '../journal/analyses.ts';
import { countAnalysis, type AnalysisResult } from './analysis-metrics.ts';
import { correctTokens, estimateTokens, takeTokens } from './budget.ts';
import { LanguageModelError } from './language-model.ts';
import { probeModel } from './model-health.ts';
import { readMaterial, type Asked } from './read-material.ts';

/** Room for the heading and the marker of the note. */
const HEADING = 300;
const LONGEST_TEXT = 12_000;

/**
 * Asks the model for one analysis and records the text, for the incident's own story to write, or why there is none. Does
 * nothing when the analysis is not wanted any more. May run twice. Throws only faults of Postgres, and for a call that `signal`
 * called off.
 */
export async function analyseIncident(
  deps: ActivityDeps,
  { analysisId, now }: AnalysisInput,
  signal: AbortSignal,
): Promise<void> {
  const asked = await readMaterial(deps.pool, analysisId);
  if (asked === null) return;
  const { model, maxTokens } = deps.model.describe();
  const begunAt = performance.now();
  const at = () => new Date(Date.parse(now) + Math.round(performance.now() - begunAt)).toISOString();
  const fail = async (result: AnalysisResult, error: string, remedy: string | null, tokens: number | null) => {
    await recordAnalysisFailed(deps.pool, { analysisId, at: at(), error, remedy, model, tokens });
    countAnalysis(result);
  };

  const health = await probeModel(deps, now, signal);
  if (health.state === 'away' || health.state === 'missing')
    return fail(health.state, health.problem ?? 'The model is away.', health.remedy, null);
  const prompt = analysisPrompt({ ...asked, nonce: nonceOf(analysisId) });
  const reserved = estimateTokens(prompt, maxTokens);
  const over = await takeTokens(deps.pool, now, reserved, asked.tokensPerDay);
  if (over !== null) return fail('budget', ...budgetWords(over.used, reserved, asked));

  let tokens = reserved;
  try {
    const answer = await deps.model.answer(prompt, signal);
    tokens = answer.tokens ?? reserved;
    const max = Math.min(LONGEST_TEXT, deps.tickets.describe().limits.note - HEADING);
    const checked = checkAnswer(answer.text, { max, maskingWords: asked.maskingWords });
    if ('fault' in checked) return await fail(checked.fault, ...faultWords(checked.fault, model), tokens);
    await recordReady(deps, {
      analysisId,
      at: at(),
      model,
      tokens,
      text: checked.text,
      promptVersion: versionOf(asked),
    });
  } catch (error) {
    if (error instanceof LanguageModelError && error.code === 'cancelled') countAnalysis('cancelled');
    if (!(error instanceof LanguageModelError) || error.code === 'cancelled') throw error;
    if (error.code === 'away' || error.code === 'missing') tokens = 0;
    return await fail(error.code, error.message, error.remedy, null);
  } finally {
    await correctTokens(deps.pool, now, reserved, tokens);
  }
}

/** The text waits for the story: the bell is up in Postgres, so that it is written even where this run of the story is lost. */
async function recordReady(
  deps: ActivityDeps,
  of: { analysisId: string; at: string; model: string; tokens: number; text: string; promptVersion: string },
): Promise<void> {
  await deps.pool.query(
    `with ready as (
       update incident_analysis set state = 'ready', text = $2, model = $3, prompt_version = $4, tokens = $5, finished_at = $6,
         error = null, remedy = null
       where id = $1 and state = 'asked' returning incident_id
     )
     update incident i set analysis_ready = true, bell = true, bell_raised_at = now(), bell_sent_at = null, bell_rung = 0, bell_refused = null
     from ready r where i.id = r.incident_id and i.analysis_id = $1`,
    [of.analysisId, of.text, of.model, of.promptVersion, of.tokens, of.at],
  );
}

function nonceOf(analysisId: string): string {
  return createHash('sha256').update(`fence:${analysisId}`).digest('hex').slice(0, 16);
}

/** The built-in words' version, and a digest of the operator's own words where there are some. */
function versionOf({ systemPrompt, instructions }: Asked): string {
  if (systemPrompt === null && instructions === '') return PROMPT_VERSION;
  const own = createHash('sha256')
    .update(JSON.stringify([systemPrompt, instructions]))
    .digest('hex')
    .slice(0, 8);
  return `${PROMPT_VERSION}+${own}`;
}

function budgetWords(used: number, needed: number, { tokensPerDay }: Asked): [string, string, null] {
  return [
    `The day's budget of ${tokensPerDay} tokens is spent: ${used} are used, ${needed} were needed.`,
    'Raise the setting analysisTokensPerDay, or run the analysis again after midnight UTC.',
    null,
  ];
}

function faultWords(fault: 'empty' | 'babbling', model: string): [string, string] {
  return fault === 'empty'
    ? [`The model ${model} gave an empty answer.`, 'Run the analysis again, or choose another model with AI_MODEL.']
    : [`The model ${model} only repeats itself.`, 'Choose another model with AI_MODEL.'];
}
