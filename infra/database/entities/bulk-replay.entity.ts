import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const BulkReplay = defineEntity({
  name: 'BulkReplay',
  tableName: 'bulk_replay',
  properties: {
    id: p.uuid().primary(),
    filter: p.json(),
    rules: p.enum(['recorded', 'today']).columnType('text'),
    rate: p.integer(),
    state: p.enum(['running', 'done', 'cancelled', 'failed']).columnType('text').default('running'),
    beforeId: p.uuid(),
    lastId: p.uuid().nullable(),
    total: p.integer(),
    replayed: p.integer().default(0),
    skipped: p.integer().default(0),
    unreadable: p.integer().default(0),
    waitsFor: p.text().nullable(),
    askedBy: p.text(),
    askedAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    endedAt: p.datetime().columnType('timestamptz').nullable(),
    endedBy: p.text().nullable(),
  },
});
export type BulkReplayEntity = InferEntity<typeof BulkReplay>;
