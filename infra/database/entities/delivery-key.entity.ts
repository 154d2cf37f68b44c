import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const DeliveryKey = defineEntity({
  name: 'DeliveryKey',
  tableName: 'delivery_key',
  properties: {
    endpointId: p.uuid().primary(),
    digest: p.blob().primary(),
    webhookId: p.uuid(),
    at: p.datetime().columnType('timestamptz'),
  },
});
export type DeliveryKeyEntity = InferEntity<typeof DeliveryKey>;
