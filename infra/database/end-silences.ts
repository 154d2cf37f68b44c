import { v7 } from 'uuid';
import type { Queryable } from './pool.ts';
import type { IncidentNews } from './raise-bells.ts';
import type { AlertRow } from './write-alerts.ts';

/** A webhook that shows that an endpoint lives. */
export interface SignOfLife {
  endpointId: string;
  requestId: string;
  at: Date;
}

/** The close of a silence's incident: what it says of the incident, and its alert. */
export interface SilenceEnd {
  news: IncidentNews;
  alert: Omit<AlertRow, 'incidentId'> & { incidentKey: string };
}

type OpenRow = Pick<
  IncidentNews,
  'id' | 'key' | 'endpointId' | 'shard' | 'connection' | 'name' | 'summary' | 'summaryDigest'
> & { seq: number };

/**
 * Ends the told silences of these endpoints, at most one sign of life each, and answers the closes that the caller writes in
 * the same transaction. A silence ends once, whoever asks first. `seq` is drawn anew, so that the close comes after the alert
 * that it ends even where the webhook came before it.
 */
export async function endSilences(tx: Queryable, signs: readonly SignOfLife[]): Promise<SilenceEnd[]> {
  if (signs.length === 0) return [];
  const { rows } = await tx.query<OpenRow>({
    name: 'end-silences',
    text: `with ended as (
        update heartbeat set is_open = false where endpoint_id = any($1::uuid[]) and is_open returning endpoint_id
      )
      select i.id, i.key, i.endpoint_id as "endpointId", i.shard, i.connection, i.name, i.summary, i.summary_digest as "summaryDigest",
             nextval('webhook_seq') as seq
        from ended join incident i on i.key = 'incident:' || ended.endpoint_id || ':heartbeat'`,
    values: [signs.map(({ endpointId }) => endpointId)],
  });
  return rows.flatMap(({ seq, ...row }) => {
    const sign = signs.find(({ endpointId }) => endpointId === row.endpointId);
    return sign === undefined ? [] : [endOf(row, seq, sign)];
  });
}

function endOf(row: Omit<OpenRow, 'seq'>, seq: number, sign: SignOfLife): SilenceEnd {
  return {
    news: { ...row, customer: null, company: null, priority: null, alerts: 1, bell: true },
    alert: {
      webhookId: v7(),
      n: 0,
      seq,
      endpointId: row.endpointId,
      incidentKey: row.key,
      kind: 'close',
      state: 'open',
      error: null,
      message: `Webhook ${sign.requestId} was received at ${sign.at.toISOString()}: the endpoint is heard again.`,
      receivedAt: sign.at,
    },
  };
}
