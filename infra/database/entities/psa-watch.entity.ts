import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** One row a connection: the callback we registered with the ticket system, and how far its changes were read. */
export const PsaWatch = defineEntity({
  name: 'PsaWatch',
  tableName: 'psa_watch',
  properties: {
    connection: p.text().primary(),
    wanted: p.boolean().default(true),
    url: p.text().nullable(),
    recordId: p.text().nullable(),
    state: p.enum(['never', 'registered', 'off', 'refused', 'failed']).columnType('text').default('never'),
    reason: p.text().nullable(),
    checkedAt: p.datetime().columnType('timestamptz').nullable(),
    hintedAt: p.datetime().columnType('timestamptz').nullable(),
    hints: p.bigint('number').default(0),
    changedSince: p.datetime().columnType('timestamptz').nullable(),
    sweptAt: p.datetime().columnType('timestamptz').nullable(),
  },
});
export type PsaWatchEntity = InferEntity<typeof PsaWatch>;
