import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const ModelHealth = defineEntity({
  name: 'ModelHealth',
  tableName: 'model_health',
  properties: {
    name: p.text().primary(),
    url: p.text(),
    model: p.text(),
    state: p.enum(['well', 'missing', 'away', 'unknown']).columnType('text'),
    problem: p.text().nullable(),
    remedy: p.text().nullable(),
    checkedAt: p.datetime().columnType('timestamptz'),
  },
});
export type ModelHealthEntity = InferEntity<typeof ModelHealth>;
