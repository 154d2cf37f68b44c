import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const IncidentAnalysis = defineEntity({
  name: 'IncidentAnalysis',
  tableName: 'incident_analysis',
  properties: {
    id: p.uuid().primary(),
    incidentId: p.uuid(),
    episode: p.integer(),
    ticketId: p.text(),
    reason: p.enum(['opened', 'order', 'changed']).columnType('text'),
    askedBy: p.text().nullable(),
    askedAt: p.datetime().columnType('timestamptz'),
    webhookId: p.uuid().nullable(),
    message: p.text(),
    state: p.enum(['asked', 'ready', 'noted', 'failed', 'cancelled']).columnType('text').default('asked'),
    finishedAt: p.datetime().columnType('timestamptz').nullable(),
    model: p.text().nullable(),
    promptVersion: p.text().nullable(),
    text: p.text().nullable(),
    error: p.text().nullable(),
    remedy: p.text().nullable(),
    tokens: p.integer().nullable(),
  },
});
export type IncidentAnalysisEntity = InferEntity<typeof IncidentAnalysis>;
