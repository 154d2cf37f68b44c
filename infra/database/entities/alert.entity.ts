import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const Alert = defineEntity({
  name: 'Alert',
  tableName: 'alert',
  properties: {
    webhookId: p.uuid().primary(),
    n: p.integer().primary(),
    seq: p.bigint('number'),
    endpointId: p.uuid(),
    incidentId: p.uuid().nullable(),
    kind: p.enum(['open', 'close', 'other']).columnType('text'),
    state: p.enum(['open', 'held', 'processed', 'skipped', 'failed']).columnType('text'),
    settled: p.boolean(),
    batch: p.bigint('number').nullable(),
    action: p.enum(['none', 'create', 'update', 'close', 'reopen']).columnType('text').default('none'),
    ticket: p.text().nullable(),
    error: p.text().nullable(),
    message: p.text(),
    receivedAt: p.datetime().columnType('timestamptz'),
    settledAt: p.datetime().columnType('timestamptz').nullable(),
  },
});
export type AlertEntity = InferEntity<typeof Alert>;
