import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** What the last check of an endpoint found, for the configuration `version` it looked at. */
export const EndpointHealth = defineEntity({
  name: 'EndpointHealth',
  tableName: 'endpoint_health',
  properties: {
    endpointId: p.uuid().primary(),
    version: p.integer(),
    problems: p.json<{ path: string; message: string }[]>(),
    checkedAt: p.datetime().columnType('timestamptz'),
  },
});
export type EndpointHealthEntity = InferEntity<typeof EndpointHealth>;
