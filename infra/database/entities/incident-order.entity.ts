import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const IncidentOrder = defineEntity({
  name: 'IncidentOrder',
  tableName: 'incident_order',
  properties: {
    id: p.uuid().primary(),
    incidentId: p.uuid(),
    kind: p.enum(['note', 'close', 'retry', 'create', 'adopt', 'acknowledge', 'snooze', 'analyse']).columnType('text'),
    input: p.json<unknown>(),
    askedBy: p.text(),
    askedAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    state: p.enum(['asked', 'done', 'refused']).columnType('text').default('asked'),
    answer: p.text().nullable(),
    doneAt: p.datetime().columnType('timestamptz').nullable(),
  },
});
export type IncidentOrderEntity = InferEntity<typeof IncidentOrder>;
