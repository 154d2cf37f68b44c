import { v7 } from 'uuid';
import type { Queryable } from './pool.ts';
import type { IncidentNews } from './raise-bells.ts';
import type { Plan } from '../../workflows/contracts/plan.ts';
import type { AlertRow, TextRow } from './write-alerts.ts';

/** A webhook that shows that an endpoint lives. */
export interface SignOfLife {
  endpointId: string;
  /** Null where the webhook itself is not kept any more. */
  requestId: string | null;
  at: Date;
}

/** The close of a silence's incident: what it says of the incident, its alert, and the plan that names the webhook. */
export interface SilenceEnd {
  news: IncidentNews;
  alert: Omit<AlertRow, 'incidentId'> & { incidentKey: string };
  text: TextRow;
}

type OpenRow = Pick<
  IncidentNews,
  'id' | 'key' | 'endpointId' | 'shard' | 'connection' | 'name' | 'summary' | 'summaryDigest'
> & { seq: number; version: number };

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
             e.version, nextval('webhook_seq') as seq
        from ended join incident i on i.key = 'incident:' || ended.endpoint_id || ':heartbeat' join endpoint e on e.id = i.endpoint_id`,
    values: [signs.map(({ endpointId }) => endpointId)],
  });
  return rows.flatMap((row) => {
    const sign = signs.find(({ endpointId }) => endpointId === row.endpointId);
    return sign === undefined ? [] : [endOf(row, sign)];
  });
}

function endOf({ seq, version, ...row }: OpenRow, sign: SignOfLife): SilenceEnd {
  const id = v7();
  const message = `${sign.requestId === null ? 'A webhook' : `Webhook ${sign.requestId}`} was received at ${sign.at.toISOString()}: the endpoint is heard again.`;
  const plan: Plan = {
    configVersion: version,
    sender: { kind: 'heartbeat-end', webhookId: sign.requestId },
    alerts: [],
    steps: [message],
    warnings: [],
    failure: null,
  };
  return {
    news: { ...row, customer: null, company: null, priority: null, alerts: 1, bell: true },
    alert: {
      webhookId: id,
      n: 0,
      seq,
      endpointId: row.endpointId,
      incidentKey: row.key,
      kind: 'close',
      state: 'open',
      error: null,
      message,
      receivedAt: sign.at,
    },
    text: {
      id,
      body: JSON.stringify({ heartbeat: { endpointId: row.endpointId, webhookId: sign.requestId, message } }),
      search: '',
      plan: JSON.stringify(plan),
    },
  };
}
