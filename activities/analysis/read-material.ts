import { loadSettings } from '../../infra/database/config-store.ts';
import type { Queryable } from '../../infra/database/pool.ts';
import type { SimilarIncident } from '../../workflows/domain/analysis-prompt.ts';
import { maskText } from '../../workflows/domain/mask-text.ts';

const MOST_SIMILAR = 5;

/** What is asked about: an analysis that is still wanted, with all that its prompt tells. */
export interface Asked {
  endpointName: string;
  instructions: string;
  summary: string;
  message: string;
  body: string;
  similar: SimilarIncident[];
  systemPrompt: string | null;
  tokensPerDay: number | null;
  maskingWords: readonly string[];
}

/** Reads an analysis; null when it is not wanted any more. What is free text is masked here, before it can reach a prompt. */
export async function readMaterial(db: Queryable, analysisId: string): Promise<Asked | null> {
  const { rows } = await db.query(
    `select i.id as "incidentId", i.endpoint_id as "endpointId", i.summary, e.name as "endpointName",
       e.config->'analysis'->>'instructions' as instructions, a.message, coalesce(left(t.body, 200000), '') as body
     from incident_analysis a join incident i on i.id = a.incident_id join endpoint e on e.id = i.endpoint_id
       left join webhook_text t on t.id = a.webhook_id
     where a.id = $1 and a.state = 'asked' and i.analysis_id = a.id`,
    [analysisId],
  );
  const row = rows[0] as
    | (Pick<Asked, 'endpointName' | 'summary' | 'message' | 'body'> & {
        incidentId: string;
        endpointId: string;
        instructions: string | null;
      })
    | undefined;
  if (!row) return null;
  const { all, maskingWords } = await loadSettings(db);
  const mask = (text: string) => maskText(text, maskingWords);
  const similar = await readSimilar(db, row);
  const systemPrompt = all['analysisPrompt'];
  const tokensPerDay = all['analysisTokensPerDay'];
  return {
    ...row,
    instructions: row.instructions ?? '',
    summary: mask(row.summary),
    message: mask(row.message),
    body: mask(row.body),
    similar: similar.map((each) => ({ ...each, summary: mask(each.summary), ending: mask(each.ending) })),
    systemPrompt: typeof systemPrompt === 'string' && systemPrompt.trim() !== '' ? systemPrompt : null,
    tokensPerDay: typeof tokensPerDay === 'number' ? tokensPerDay : null,
    maskingWords,
  };
}

/** The last tickets of the endpoint that are over, those with a like summary first, and the words with which they ended. */
async function readSimilar(
  db: Queryable,
  of: { incidentId: string; endpointId: string; summary: string },
): Promise<SimilarIncident[]> {
  const { rows } = await db.query(
    `select i.summary, to_char(opened.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as "openedAt", ended.words as ending
     from (select id, summary from incident where endpoint_id = $1 and (last_ticket_id is not null or id = $2)
           order by similarity(summary, $3) desc, updated_at desc limit 30) i
     cross join lateral (
       select episode, max(at) as at,
         string_agg(left(text, 300), ' ' order by id) filter (where kind in ('closed', 'closed-by-person', 'gone', 'given-up', 'order', 'recovered')) as words
       from incident_event where incident_id = i.id group by episode
       having bool_or(kind in ('closed', 'closed-by-person', 'gone', 'given-up')) order by episode desc limit 3
     ) ended
     left join lateral (select min(at) as at from incident_event where incident_id = i.id and episode = ended.episode) opened on true
     order by (i.summary = $3) desc, similarity(i.summary, $3) desc, ended.at desc limit ${MOST_SIMILAR}`,
    [of.endpointId, of.incidentId, of.summary],
  );
  return rows as SimilarIncident[];
}
