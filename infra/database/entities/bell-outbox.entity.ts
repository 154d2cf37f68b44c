import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { IncidentNews } from '../raise-bells.ts';

export const BellOutbox = defineEntity({
  name: 'BellOutbox',
  tableName: 'bell_outbox',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    incidentId: p.uuid(),
    news: p.json<IncidentNews>(),
    createdAt: p.datetime().columnType('timestamptz').defaultRaw('clock_timestamp()'),
  },
});
export type BellOutboxEntity = InferEntity<typeof BellOutbox>;
