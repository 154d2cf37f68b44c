import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const Refusal = defineEntity({
  name: 'Refusal',
  tableName: 'refusal',
  properties: {
    id: p.uuid().primary(),
    endpointId: p.uuid(),
    at: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    sourceIp: p.text(),
    status: p.integer(),
    reason: p.text(),
    message: p.text(),
    headers: p.text(),
    body: p.text(),
  },
});
export type RefusalEntity = InferEntity<typeof Refusal>;
