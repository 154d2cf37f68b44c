import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const LiveChange = defineEntity({
  name: 'LiveChange',
  tableName: 'live_change',
  properties: {
    tx: p.text().columnType('xid8').primary().defaultRaw('pg_current_xact_id()'),
    id: p.bigint('number').primary().autoincrement(),
    at: p.datetime().columnType('timestamptz').defaultRaw('clock_timestamp()'),
    topic: p.enum(['webhook', 'alert', 'incident']).columnType('text'),
    endpointId: p.uuid(),
    incidentId: p.uuid().nullable(),
    count: p.integer(),
    ids: p.json<(string | number)[]>(),
  },
});
export type LiveChangeEntity = InferEntity<typeof LiveChange>;
