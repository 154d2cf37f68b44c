import { z } from 'zod';
import { CursorInput, LimitInput, pageOf } from '../paging.ts';

export const TicketQuery = z.strictObject({
  limit: LimitInput,
  cursor: CursorInput,
  closed: z.enum(['true', 'false']).optional(),
  q: z.string().max(200).optional().meta({ description: 'Part of the summary or the company, or a ticket id.' }),
});

export const TicketView = z
  .object({
    id: z.string(),
    summary: z.string(),
    description: z.string(),
    company: z.string().nullable(),
    board: z.string(),
    status: z.string(),
    type: z.string().nullable(),
    subtype: z.string().nullable(),
    item: z.string().nullable(),
    priority: z.string().nullable(),
    severity: z.string().nullable(),
    impact: z.string().nullable(),
    closed: z.boolean(),
    incidentId: z.uuid().nullable(),
    noteCount: z.int(),
    url: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    updatedBy: z.string(),
    closedAt: z.string().nullable(),
  })
  .meta({ id: 'Ticket' });
export type TicketView = z.output<typeof TicketView>;
export const TicketPage = pageOf(TicketView).meta({ id: 'TicketPage' });

export const TicketNote = z.object({
  id: z.string(),
  body: z.string(),
  visibility: z.enum(['internal', 'public']),
  purpose: z.enum(['update', 'analysis', 'resolution']),
  author: z.string(),
  at: z.string(),
});
export const TicketDetail = TicketView.extend({ notes: z.array(TicketNote) }).meta({ id: 'TicketDetail' });
export type TicketDetail = z.output<typeof TicketDetail>;
