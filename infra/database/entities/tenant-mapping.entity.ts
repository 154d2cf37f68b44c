import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const TenantMapping = defineEntity({
  name: 'TenantMapping',
  tableName: 'tenant_mapping',
  properties: {
    id: p.uuid().primary(),
    tenant: p.text(),
    companyId: p.text(),
    description: p.text().default(''),
    createdAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    updatedAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
  },
});
export type TenantMappingEntity = InferEntity<typeof TenantMapping>;
