import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '../../infra/database/pool.ts';
import { BETWEEN_ANALYSES_MS, isOtherPicture, MOST_ANALYSES } from '../../workflows/domain/picture-change.ts';
import { addTimeline, updateIncident } from './incident-changes.ts';
import type { IncidentRow } from './incident-row.ts';

type AlertId = { webhookId: string; n: number };

/** Why an analysis is asked for, by whom, and which alert it is about (the newest where null). */
export interface AnalysisAsked {
  reason: 'opened' | 'order' | 'changed';
  askedBy: string | null;
  at: string;
  told: AlertId | null;
}

/** Asks for an analysis of the incident's open ticket; the story starts it after this transaction. One is under way at a time. */
export async function askAnalysis(tx: Queryable, row: IncidentRow, asked: AnalysisAsked): Promise<string | null> {
  if (row.analysisId !== null || row.ticketId === null) return null;
  const id = uuidv7();
  await tx.query(
    `insert into incident_analysis (id, incident_id, episode, ticket_id, reason, asked_by, asked_at, webhook_id, message)
     select $1, $2, $3, $4, $5, $6, $7, told.webhook_id, coalesce(told.message, '')
     from (values (1)) one
     left join lateral (
       select webhook_id, message from alert
       where incident_id = $2 and kind <> 'close' and ($8::uuid is null or (webhook_id = $8 and n = $9))
       order by seq desc, n desc limit 1
     ) told on true`,
    [
      id,
      row.id,
      row.episode,
      row.ticketId,
      asked.reason,
      asked.askedBy,
      asked.at,
      asked.told?.webhookId ?? null,
      asked.told?.n ?? null,
    ],
  );
  await updateIncident(tx, row.id, { analysis_id: id, analysis_ready: false });
  return id;
}

/** Asks once more where the endpoint wants it and the alert just told speaks of something else than the last analysis. */
export async function askAgainWhenChanged(
  tx: Queryable,
  row: IncidentRow,
  told: AlertId | null,
  at: string,
): Promise<void> {
  if (!row.config.analysis.enabled || row.analysisId !== null || row.ticketId === null || told === null) return;
  const { rows } = await tx.query(
    `select a.message as analysed, a.asked_at as "askedAt", now.message as told, count(*) over () as runs
     from incident_analysis a join alert now on now.webhook_id = $3 and now.n = $4
     where a.incident_id = $1 and a.episode = $2 and a.reason <> 'order' order by a.asked_at desc limit 1`,
    [row.id, row.episode, told.webhookId, told.n],
  );
  const last = rows[0] as { analysed: string; askedAt: Date; told: string; runs: number } | undefined;
  if (!last || last.runs >= MOST_ANALYSES) return;
  if (Date.parse(at) < last.askedAt.getTime() + BETWEEN_ANALYSES_MS || !isOtherPicture(last.analysed, last.told))
    return;
  await askAnalysis(tx, row, { reason: 'changed', askedBy: null, at, told });
}

/** The ticket is over: what is under way is not wanted any more. The incident's own columns are the caller's. */
export async function cancelAnalysis(tx: Queryable, row: IncidentRow, at: string): Promise<void> {
  if (row.analysisId === null) return;
  await tx.query(
    `update incident_analysis set state = 'cancelled', error = 'The ticket was closed first.', finished_at = $2
     where id = $1 and state in ('asked', 'ready')`,
    [row.analysisId, at],
  );
}

/** Records that an analysis came to nothing, with what to do about it; the ticket is left as it is. */
export async function recordAnalysisFailed(
  tx: Queryable,
  of: {
    analysisId: string;
    at: string;
    error: string;
    remedy: string | null;
    model: string | null;
    tokens: number | null;
  },
): Promise<void> {
  const { rows } = await tx.query(
    `with failed as (
       update incident_analysis set state = 'failed', error = $2, remedy = $3, finished_at = $4, model = coalesce($5, model),
         tokens = coalesce($6, tokens)
       where id = $1 and state in ('asked', 'ready') returning incident_id, episode
     )
     update incident i set analysis_id = null, analysis_ready = false, updated_at = clock_timestamp()
     from failed f where i.id = f.incident_id and i.analysis_id = $1
     returning i.id, f.episode`,
    [of.analysisId, of.error, of.remedy, of.at, of.model, of.tokens],
  );
  const failed = rows[0] as { id: string; episode: number } | undefined;
  if (!failed) return;
  const text = of.remedy === null ? of.error : `${of.error} ${of.remedy}`;
  await addTimeline(tx, failed.id, failed.episode, [
    { at: of.at, kind: 'analysis-failed', text, data: { analysis: of.analysisId, model: of.model } },
  ]);
}
