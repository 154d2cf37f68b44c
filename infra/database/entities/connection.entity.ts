import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const Connection = defineEntity({
  name: 'Connection',
  tableName: 'connection',
  properties: {
    name: p.text().primary(),
    kind: p.text(),
    gate: p.enum(['open', 'closed']).columnType('text').default('open'),
    reason: p.text().nullable(),
    gateSince: p.datetime().columnType('timestamptz').nullable(),
    lastGoodAt: p.datetime().columnType('timestamptz').nullable(),
    budgetAt: p.datetime().columnType('timestamptz').defaultRaw("'-infinity'::timestamp with time zone"),
    findings: p.json<unknown>().nullable(),
    catalog: p.json<unknown>().nullable(),
    checkedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});
export type ConnectionEntity = InferEntity<typeof Connection>;
