import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export const TicketNote = defineEntity({
  name: 'TicketNote',
  tableName: 'ticket_note',
  properties: {
    id: p.bigint('number').primary().autoincrement(),
    ticketId: p.bigint('number'),
    key: p.text().nullable(),
    body: p.text(),
    visibility: p.enum(['internal', 'public']).columnType('text'),
    purpose: p.enum(['update', 'analysis', 'resolution']).columnType('text'),
    author: p.text(),
    at: p.datetime().columnType('timestamptz').defaultRaw('now()'),
  },
});
export type TicketNoteEntity = InferEntity<typeof TicketNote>;
