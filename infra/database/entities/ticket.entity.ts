import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const Ticket = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    key: p.text(),
    summary: p.text(),
    description: p.text(),
    company: p.text().nullable(),
    board: p.text(),
    status: p.text(),
    type: p.text().nullable(),
    subtype: p.text().nullable(),
    item: p.text().nullable(),
    priority: p.text().nullable(),
    severity: p.text().nullable(),
    impact: p.text().nullable(),
    closed: p.boolean().default(false),
    createdAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    updatedAt: p.datetime().columnType('timestamptz').defaultRaw('now()'),
    updatedBy: p.text(),
    closedAt: p.datetime().columnType('timestamptz').nullable(),
  },
});
export type TicketEntity = InferEntity<typeof Ticket>;
