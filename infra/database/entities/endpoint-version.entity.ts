import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';

export const EndpointVersion = defineEntity({
  name: 'EndpointVersion',
  tableName: 'endpoint_version',
  properties: {
    endpointId: p.uuid().primary(),
    version: p.integer().primary(),
    config: p.json<EndpointConfig>(),
    savedBy: p.text(),
    savedAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
  },
});
export type EndpointVersionEntity = InferEntity<typeof EndpointVersion>;
