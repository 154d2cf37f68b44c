import { z } from 'zod';
import { openRaw } from '../../../infra/crypto/webhook-raw.ts';
import { conflict, notFound } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { changing } from '../transaction.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { queueWebhook } from './queue-webhook.ts';
import { ReplayInput } from './schemas.ts';

interface ReplayedRow {
  endpoint_id: string;
  raw: Buffer;
  headers: string;
  source_ip: string;
  enabled: boolean | null;
  is_deleted: boolean;
}

/** What a replay is answered with: the new webhook's request id. */
export interface Replayed {
  request_id: string;
}

/** Takes the recorded bytes through the planner again, by the rules of then or of now, as a new webhook without a delivery id. */
export const replayWebhook = defineVerb({
  name: 'webhook.replay',
  role: 'operator',
  input: z.object({ id: IdInput, body: ReplayInput }),
  run: async (context, { id, body: { rules } }): Promise<Replayed> => {
    const found = await context.pool.query<ReplayedRow>(
      `select w.endpoint_id, w.raw, w.headers, w.source_ip, e.enabled, coalesce(e.deleted_at is not null, true) as is_deleted
       from webhook w left join endpoint e on e.id = w.endpoint_id where w.id = $1`,
      [id],
    );
    const [row] = found.rows;
    if (!row) throw await whyNot(context, id);
    if (row.is_deleted) throw conflict('The endpoint was deleted, so its webhooks cannot be replayed.');
    if (row.enabled !== true) throw conflict('The endpoint is disabled: enable it before replaying.');
    const raw = openRaw(context.cipher, { id, endpointId: row.endpoint_id }, row.raw);
    return changing(context, async (change) => {
      await change.audit({ action: 'replay', entity: 'webhook', entityId: id, after: { rules } });
      const webhook = {
        endpointId: row.endpoint_id,
        raw,
        headers: row.headers,
        sourceIp: row.source_ip,
        origin: 'replay',
        replayOf: id,
        replayRules: rules,
      } as const;
      return { request_id: await queueWebhook(context, change, webhook) };
    });
  },
});

async function whyNot(context: VerbContext, id: string): Promise<Error> {
  const refused = await context.pool.query<{ message: string }>('select message from refusal where id = $1', [id]);
  const [refusal] = refused.rows;
  if (!refusal) return notFound('webhook');
  return conflict(`This request was refused (${refusal.message}), so it was never accepted and cannot be replayed.`);
}
