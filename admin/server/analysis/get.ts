import { z } from 'zod';
import { defineVerb, type VerbContext } from '../verb.ts';
import type { AnalysisView } from './schemas.ts';

/** How the language model was when a worker last asked it, and what of the day's budget is used. */
export const getAnalysis = defineVerb({
  name: 'analysis.get',
  role: 'viewer',
  input: z.object({}),
  run: (context) => readAnalysis(context),
});

type Row = Pick<
  AnalysisView,
  'state' | 'problem' | 'remedy' | 'checkedAt' | 'tokensToday' | 'runsToday' | 'tokensPerDay'
>;

export async function readAnalysis({ config, pool }: VerbContext): Promise<AnalysisView> {
  const url = withoutLogin(config.LLM_URL ?? `${config.OLLAMA_HOST}/v1`);
  const { rows } = await pool.query<Row>(
    `select h.state, h.problem, h.remedy,
       to_char(h.checked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "checkedAt",
       coalesce(u.tokens, 0) as "tokensToday", coalesce(u.runs, 0) as "runsToday",
       case when jsonb_typeof(s.value) = 'number' then (s.value #>> '{}')::bigint end as "tokensPerDay"
     from (values (1)) one
       left join model_health h on h.name = 'analysis' and h.model = $1
       left join analysis_usage u on u.day = (now() at time zone 'UTC')::date
       left join setting s on s.key = 'analysisTokensPerDay'`,
    [config.AI_MODEL],
  );
  const [row] = rows;
  if (!row) throw new Error('A statement without a table answered no row.');
  return { url, model: config.AI_MODEL, ...row };
}

function withoutLogin(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}
