import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const AnalysisUsage = defineEntity({
  name: 'AnalysisUsage',
  tableName: 'analysis_usage',
  properties: {
    day: p.date().primary(),
    tokens: p.bigint('number'),
    runs: p.integer(),
  },
});
export type AnalysisUsageEntity = InferEntity<typeof AnalysisUsage>;
