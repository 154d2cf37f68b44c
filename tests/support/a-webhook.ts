import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { shardOf } from '../../infra/database/shard.ts';
import type { NewWebhook } from '../../infra/database/write-webhooks.ts';

/** A row for the inbox, received now, whose bytes are not encrypted; every field may be given. */
export function aWebhook(fields: Partial<NewWebhook> = {}): NewWebhook {
  const endpointId = fields.endpointId ?? randomUUID();
  return {
    id: v7(),
    endpointId,
    shard: shardOf(endpointId),
    sourceIp: '192.0.2.1',
    headers: '{}',
    raw: Buffer.from('{}'),
    origin: 'http',
    replayOf: null,
    replayRules: null,
    deliveryDigest: null,
    ...fields,
  };
}
