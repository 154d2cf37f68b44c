import type { ApiKeyEntity } from '../../../infra/database/entities/api-key.entity.ts';
import type { ApiKeyView } from './schemas.ts';

/** A key as it leaves the server: never the key or its digest. */
export function presentApiKey(key: ApiKeyEntity): ApiKeyView {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    role: key.role,
    scopes: key.scopes,
    company: key.company ?? null,
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdBy,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
