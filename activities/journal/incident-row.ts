import type { IncidentPhase, IncidentWant } from '../../workflows/contracts/incident.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { PendingNote } from '../../workflows/domain/incident-fold.ts';
import type { FlapState } from '../../workflows/domain/flap.ts';
import type { Queryable } from '../../infra/database/pool.ts';

/** A note frozen before it is sent: a later attempt that finds it looks in the ticket first, then sends the same one. */
export interface WritingNote {
  key: string;
  body: string;
  purpose: 'update' | 'resolution' | 'analysis';
  visibility: 'internal' | 'public';
  /** The alert it tells alone (`noteIntervalSeconds` 0); null for a joined or resolution note. */
  alert: { webhookId: string; n: number } | null;
  /** The newest alert that it tells; the draft of a new ticket where this one is found closed. */
  last: { webhookId: string; n: number } | null;
  /** `seq` of the newest unsettled alert that it tells. */
  throughSeq: number | null;
  /** What of it was settled when it was counted; told by the next ticket where this one is over before the note arrived. */
  counted?: PendingNote | null;
}

export interface Resolution {
  at: string;
  message: string;
  webhookId: string | null;
  person: string | null;
  isNoted: boolean;
}

/** The incident's row with the configuration that holds now. */
export interface IncidentRow {
  id: string;
  key: string;
  endpointId: string;
  endpointName: string;
  /** Its endpoint was deleted, and its incidents were to be closed with it. */
  endsWithEndpoint: boolean;
  config: EndpointConfig;
  configVersion: number;
  name: string;
  summary: string;
  company: string | null;
  phase: IncidentPhase;
  want: IncidentWant;
  episode: number;
  ticketId: string | null;
  ticketUrl: string | null;
  ticketKey: string | null;
  lastTicketId: string | null;
  closedAt: Date | null;
  draft: { webhookId: string; n: number } | null;
  postingAt: Date | null;
  postingRounds: number;
  postingLooks: number;
  convergeAt: Date | null;
  chain: string | null;
  batch: number;
  hasUnsettled: boolean;
  pending: PendingNote | null;
  writing: WritingNote | null;
  noteCount: number;
  noteAt: Date | null;
  viableAt: Date | null;
  calmSince: Date | null;
  resolution: Resolution | null;
  checkedAt: Date | null;
  statusOurs: string | null;
  updatedByOurs: string | null;
  error: string | null;
  errorAt: Date | null;
  attempts: number;
  nextTryAt: Date | null;
  blockedVersion: number | null;
  alerts: number;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  snoozedUntil: Date | null;
  snoozedBy: string | null;
  /** The analysis under way for the open ticket, and whether its text is there. */
  analysisId: string | null;
  analysisReady: boolean;
  /** When somebody hinted that the ticket changed, until it was read since. */
  lookAt: Date | null;
  /** When a list of the ticket system last showed the ticket; it may lag behind, so it decides nothing but the next look. */
  listedAt: Date | null;
  /** The ticket that ended in the ticket system before the resource recovered: it is told of the resolution. */
  owedTicketId: string | null;
  flap: FlapState | null;
  /** Since when it waits for its ticket system, until it has nothing to do there. */
  waitingSince: Date | null;
  gate: 'open' | 'closed';
}

const SELECT = `
  select i.id, i.key, i.endpoint_id as "endpointId", e.name as "endpointName", coalesce(e.deleted_incidents = 'close', false) as "endsWithEndpoint", e.config, e.version as "configVersion", i.name, i.summary,
    i.company, i.phase, i.want, i.episode, i.ticket_id as "ticketId", i.ticket_url as "ticketUrl", i.ticket_key as "ticketKey",
    i.last_ticket_id as "lastTicketId", i.closed_at as "closedAt", i.draft_webhook_id as "draftWebhookId", i.draft_n as "draftN",
    i.posting_at as "postingAt", i.posting_rounds as "postingRounds", i.posting_looks as "postingLooks", i.converge_at as "convergeAt",
    i.chain, i.batch, i.batch_open as "hasUnsettled", i.pending, i.writing, i.note_count as "noteCount", i.note_at as "noteAt",
    i.viable_at as "viableAt", i.calm_since as "calmSince", i.resolution, i.checked_at as "checkedAt", i.status_ours as "statusOurs", i.updated_by_ours as "updatedByOurs",
    i.error, i.error_at as "errorAt", i.attempts, i.next_try_at as "nextTryAt", i.blocked_version as "blockedVersion", i.alerts,
    i.acknowledged_at as "acknowledgedAt", i.acknowledged_by as "acknowledgedBy", i.snoozed_until as "snoozedUntil", i.snoozed_by as "snoozedBy",
    i.analysis_id as "analysisId", i.analysis_ready as "analysisReady",
    i.look_at as "lookAt", i.listed_at as "listedAt", i.owed_ticket_id as "owedTicketId",
    i.flap, i.waiting_since as "waitingSince",
    coalesce(c.gate, 'open') as gate
  from incident i join endpoint e on e.id = i.endpoint_id left join connection c on c.name = i.connection
  where i.key = $1`;

/** The incident of a workflow id, locked until the transaction ends when `lock` is set; null when there is none. */
export async function readIncident(db: Queryable, key: string, lock: boolean): Promise<IncidentRow | null> {
  const { rows } = await db.query(lock ? `${SELECT} for no key update of i` : SELECT, [key]);
  const row = rows[0] as (IncidentRow & { draftWebhookId: string | null; draftN: number | null }) | undefined;
  if (!row) return null;
  return {
    ...row,
    draft: row.draftWebhookId === null || row.draftN === null ? null : { webhookId: row.draftWebhookId, n: row.draftN },
  };
}
