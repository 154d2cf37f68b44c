import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const EndpointSeen = defineEntity({
  name: 'EndpointSeen',
  tableName: 'endpoint_seen',
  properties: {
    endpointId: p.uuid().primary(),
    lastSeenAt: p.datetime().columnType('timestamptz'),
    lastIp: p.text(),
  },
});
export type EndpointSeenEntity = InferEntity<typeof EndpointSeen>;
