import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { TenantMappingEntity } from '../../../infra/database/entities/tenant-mapping.entity.ts';
import { conflict } from '../errors.ts';
import type { TenantMappingView } from './schemas.ts';

export function presentMapping(mapping: TenantMappingEntity): TenantMappingView {
  const { id, tenant, companyId, description } = mapping;
  return {
    id,
    tenant,
    companyId,
    description,
    createdAt: mapping.createdAt.toISOString(),
    updatedAt: mapping.updatedAt.toISOString(),
  };
}

/** A tenant has one mapping: what the unique index says, in words. */
export function oneEach(error: unknown): never {
  if (error instanceof UniqueConstraintViolationException)
    throw conflict('This tenant has a mapping already; case does not matter.');
  throw error;
}
