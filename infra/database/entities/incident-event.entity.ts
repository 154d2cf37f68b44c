import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const IncidentEvent = defineEntity({
  name: 'IncidentEvent',
  tableName: 'incident_event',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    incidentId: p.uuid(),
    at: p.datetime().columnType('timestamptz'),
    episode: p.integer(),
    kind: p.text(),
    text: p.text(),
    data: p.json<unknown>().defaultRaw("'{}'::jsonb"),
  },
});
export type IncidentEventEntity = InferEntity<typeof IncidentEvent>;
