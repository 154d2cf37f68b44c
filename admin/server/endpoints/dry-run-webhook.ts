import { v7 as uuidv7 } from 'uuid';
import { openRawOrNull } from '../../../infra/crypto/webhook-raw.ts';
import { isEmptyPayload, parseJson } from '../../../infra/json.ts';
import type { Json } from '../../../workflows/contracts/json.ts';
import { invalid } from '../errors.ts';
import { asValue } from '../history/masked-body.ts';
import type { VerbContext } from '../verb.ts';
import type { DryRunInput } from './dry-run-schemas.ts';

/** What is planned in a dry run: a body as sent, or a recorded webhook. */
export interface DryWebhook {
  requestId: string;
  receivedAt: string;
  body: Json;
  headers: Record<string, string | string[]> | null;
}

/** The webhook of a dry run, judged as the ingress and the dispatcher judge bodies. Throws `invalid` with the place of the fault. */
export async function dryWebhook(context: VerbContext, endpointId: string, sent: DryRunInput): Promise<DryWebhook> {
  if (sent.webhookId !== undefined) return recorded(context, endpointId, sent.webhookId, sent);
  const body = parsed(Buffer.from(JSON.stringify(sent.body)), 'body');
  if (isEmptyPayload(body)) throw fault('body', 'A body that says nothing is refused with 400 (No JSON payload).');
  if (typeof body !== 'object') throw fault('body', 'A body that is neither an object nor a list is refused with 400.');
  return {
    requestId: uuidv7(),
    receivedAt: new Date(sent.receivedAt ?? Date.now()).toISOString(),
    body,
    headers: sent.headers ?? null,
  };
}

async function recorded(
  { pool, cipher }: VerbContext,
  endpointId: string,
  id: string,
  sent: DryRunInput,
): Promise<DryWebhook> {
  const { rows } = await pool.query<{ raw: Buffer; headers: string; received_at: Date }>(
    'select raw, headers, received_at from webhook where id = $1 and endpoint_id = $2',
    [id, endpointId],
  );
  const [row] = rows;
  if (!row) throw fault('webhookId', 'This endpoint has no accepted webhook with this request id.');
  const bytes = openRawOrNull(cipher, { id, endpointId }, row.raw);
  if (bytes === null)
    throw fault('webhookId', 'What was recorded of this webhook cannot be decrypted with the keys of now.');
  const kept = asValue(row.headers);
  return {
    requestId: id,
    receivedAt: new Date(sent.receivedAt ?? row.received_at).toISOString(),
    body: parsed(bytes, 'webhookId'),
    headers: sent.headers ?? (typeof kept === 'object' ? (kept as DryWebhook['headers']) : null),
  };
}

function parsed(bytes: Uint8Array, place: 'body' | 'webhookId'): Json {
  const result = parseJson(bytes);
  if (!result.ok) throw fault(place, `${result.message}.`);
  return result.value;
}

function fault(path: string, message: string): Error {
  return invalid([{ path, message }]);
}
