import { v7 as uuidv7 } from 'uuid';
import { sealRaw } from '../../../infra/crypto/webhook-raw.ts';
import { shardOf } from '../../../infra/database/shard.ts';
import { writeWebhooks } from '../../../infra/database/write-webhooks.ts';
import type { Change } from '../transaction.ts';
import type { VerbContext } from '../verb.ts';

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

/**
 * Puts a webhook into the inbox as the last statement of the transaction (the order of `seq` asks for that), so everything
 * else of the verb, its audit row included, comes before. Answers the new request id.
 */
export async function queueWebhook(
  context: VerbContext,
  { tx }: Pick<Change, 'tx'>,
  webhook: QueuedWebhook,
): Promise<string> {
  const id = uuidv7();
  const { endpointId } = webhook;
  await writeWebhooks(tx, [
    {
      id,
      endpointId,
      shard: shardOf(endpointId),
      sourceIp: webhook.sourceIp,
      headers: webhook.headers,
      raw: sealRaw(context.cipher, { id, endpointId }, webhook.raw),
      origin: webhook.origin,
      replayOf: webhook.replayOf ?? null,
      replayRules: webhook.replayRules ?? null,
      deliveryDigest: null,
    },
  ]);
  return id;
}
