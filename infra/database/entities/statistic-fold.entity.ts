import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** That an hour or a day is counted whole in `statistic`, also where there was nothing to count; anew until all of it is settled. */
export const StatisticFold = defineEntity({
  name: 'StatisticFold',
  tableName: 'statistic_fold',
  properties: {
    unit: p.enum(['hour', 'day']).columnType('text').primary(),
    at: p.datetime().columnType('timestamptz').primary(),
    family: p.enum(['webhook', 'refusal']).columnType('text').primary(),
    isSettled: p.boolean().default(true),
    foldedAt: p.datetime().columnType('timestamptz'),
  },
});
export type StatisticFoldEntity = InferEntity<typeof StatisticFold>;
