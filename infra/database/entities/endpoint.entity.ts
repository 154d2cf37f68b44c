import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';

export const Endpoint = defineEntity({
  name: 'Endpoint',
  tableName: 'endpoint',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    config: p.json<EndpointConfig>(),
    version: p.integer().default(1),
    shard: p.smallint(),
    keyDigest: p.blob(),
    keyCipher: p.blob(),
    oldKeyDigest: p.blob().nullable(),
    oldKeyUntil: p.datetime().columnType('timestamptz').nullable(),
    secretsCipher: p.blob(),
    enabled: p.boolean().default(true),
    draft: p.boolean().default(false),
    pinned: p.boolean().default(false),
    position: p.integer().default(0),
    createdAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    updatedAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    deletedAt: p.datetime().columnType('timestamptz').nullable(),
    deletedIncidents: p.enum(['close', 'keep']).columnType('text').nullable(),
  },
});
export type EndpointEntity = InferEntity<typeof Endpoint>;
