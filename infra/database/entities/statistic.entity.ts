import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

const count = () => p.bigint('number').default(0);

/** What was counted of an endpoint in an hour or a day; it outlives what was counted. `stray`: alerts of no incident. */
export const Statistic = defineEntity({
  name: 'Statistic',
  tableName: 'statistic',
  properties: {
    unit: p.enum(['hour', 'day']).columnType('text').primary(),
    at: p.datetime().columnType('timestamptz').primary(),
    endpointId: p.uuid().primary(),
    source: p.enum(['webhook', 'alert', 'stray', 'refusal']).columnType('text').primary(),
    company: p.text().primary(),
    accepted: count(),
    created: count(),
    updated: count(),
    closed: count(),
    reopened: count(),
    failed: count(),
    held: count(),
    skipped: count(),
    processed: count(),
    refused: count(),
    seconds: p.double().columnType('float8').default(0),
  },
});
export type StatisticEntity = InferEntity<typeof Statistic>;
