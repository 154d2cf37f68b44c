import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const Setting = defineEntity({
  name: 'Setting',
  tableName: 'setting',
  properties: {
    key: p.text().primary(),
    value: p.json<unknown>(),
    updatedAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    updatedBy: p.text(),
  },
});
export type SettingEntity = InferEntity<typeof Setting>;
