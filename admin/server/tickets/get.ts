import { z } from 'zod';
import { oneOfCompany } from '../company-limit.ts';
import { notFound } from '../errors.ts';
import { defineVerb } from '../verb.ts';
import { presentNote, presentTicket, TICKET_COLUMNS, type NoteRow, type TicketRow } from './present.ts';
import type { TicketDetail } from './schemas.ts';

/** A ticket of the desk with its notes, oldest first. */
export const getTicket = defineVerb({
  name: 'ticket.get',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
  run: async (context, { id }): Promise<TicketDetail> => {
    const own = oneOfCompany(context, 'ticket t', 1);
    const found = await context.pool.query<TicketRow>(
      `select ${TICKET_COLUMNS} from ticket t where t.id = $1 and ${own.where}`,
      [id, ...own.values],
    );
    const [row] = found.rows;
    if (!row) throw notFound('ticket');
    const notes = await context.pool.query<NoteRow>(
      'select id, body, visibility, purpose, author, at from ticket_note where ticket_id = $1 order by id limit 1000',
      [id],
    );
    return { ...presentTicket(context, row), notes: notes.rows.map(presentNote) };
  },
});
