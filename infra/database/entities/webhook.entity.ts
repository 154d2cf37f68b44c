import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const Webhook = defineEntity({
  name: 'Webhook',
  tableName: 'webhook',
  properties: {
    id: p.uuid().primary(),
    seq: p.bigint('number'),
    endpointId: p.uuid(),
    shard: p.smallint(),
    receivedAt: p.datetime().columnType('timestamptz').defaultRaw('clock_timestamp()'),
    sourceIp: p.text(),
    headers: p.text(),
    raw: p.blob(),
    origin: p.enum(['http', 'replay', 'test']).columnType('text').default('http'),
    replayOf: p.uuid().nullable(),
    replayRules: p.enum(['recorded', 'today']).columnType('text').nullable(),
    state: p.enum(['received', 'planned', 'failed']).columnType('text').default('received'),
    failure: p.text().nullable(),
  },
});
export type WebhookEntity = InferEntity<typeof Webhook>;
