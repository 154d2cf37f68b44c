import { v7 as uuidv7 } from 'uuid';
import type { Cipher } from '../crypto/cipher.ts';
import { sealRaw } from '../crypto/webhook-raw.ts';
import { shardOf } from '../database/shard.ts';
import type { NewWebhook } from '../database/write-webhooks.ts';

/** What goes into the inbox without a sender: a replay, or a test. */
export interface QueuedWebhook {
  endpointId: string;
  raw: Uint8Array;
  headers: string;
  sourceIp: string;
  origin: 'replay' | 'test';
  replayOf?: string;
  replayRules?: 'recorded' | 'today';
}

/** Its row under a new request id, with the bytes sealed for that row; without a delivery id. */
export function inboxRow(cipher: Cipher, webhook: QueuedWebhook): NewWebhook {
  const id = uuidv7();
  const { endpointId } = webhook;
  return {
    id,
    endpointId,
    shard: shardOf(endpointId),
    sourceIp: webhook.sourceIp,
    headers: webhook.headers,
    raw: sealRaw(cipher, { id, endpointId }, webhook.raw),
    origin: webhook.origin,
    replayOf: webhook.replayOf ?? null,
    replayRules: webhook.replayRules ?? null,
    deliveryDigest: null,
  };
}
