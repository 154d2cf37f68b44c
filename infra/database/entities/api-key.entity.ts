import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const ApiKey = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    digest: p.blob(),
    prefix: p.text(),
    role: p.enum(['viewer', 'operator', 'admin']).columnType('text'),
    scopes: p.array().defaultRaw("'{}'::text[]"),
    company: p.text().nullable(),
    createdAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    createdBy: p.text(),
    expiresAt: p.datetime().columnType('timestamptz').nullable(),
    lastUsedAt: p.datetime().columnType('timestamptz').nullable(),
    revokedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});
export type ApiKeyEntity = InferEntity<typeof ApiKey>;
