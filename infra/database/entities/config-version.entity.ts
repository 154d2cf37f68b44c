import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const ConfigVersion = defineEntity({
  name: 'ConfigVersion',
  tableName: 'config_version',
  properties: {
    one: p.boolean().primary().default(true),
    version: p.bigint('number'),
  },
});
export type ConfigVersionEntity = InferEntity<typeof ConfigVersion>;
