import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const PsaCatalog = defineEntity({
  name: 'PsaCatalog',
  tableName: 'psa_catalog',
  properties: {
    connection: p.text().primary(),
    kind: p.text().primary(),
    parent: p.text().primary().default(''),
    items: p.json<unknown>(),
    fetchedAt: p.datetime().columnType('timestamptz'),
  },
});
export type PsaCatalogEntity = InferEntity<typeof PsaCatalog>;
