import { z } from 'zod';
import { oneOfCompany } from '../company-limit.ts';
import { invalid } from '../errors.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { presentTicket, TICKET_COLUMNS, type TicketRow } from './present.ts';
import { TicketQuery } from './schemas.ts';

/** Tickets of the built-in desk, the newest first. */
export const listTickets = defineVerb({
  name: 'ticket.list',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ query: TicketQuery }),
  run: async (context, { query: { limit, cursor, closed, q } }) => {
    const after = cursor === undefined ? null : decodeCursor(cursor, 1)?.[0];
    if (after === undefined || (after !== null && !/^\d{1,18}$/.test(after)))
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const own = oneOfCompany(context, 'ticket t', 5);
    const found = await context.pool.query<TicketRow>(
      `select ${TICKET_COLUMNS} from ticket t
       where ($1::bigint is null or t.id < $1) and ($2::boolean is null or t.closed = $2)
         and ($3::text is null or t.summary ilike '%' || $3 || '%' or t.company ilike '%' || $3 || '%' or t.id::text = $4)
         and ${own.where}
       order by t.id desc limit $5`,
      [
        after,
        closed === undefined ? null : closed === 'true',
        q?.replace(/[%_\\]/g, '\\$&') ?? null,
        q?.replace(/^#/, '') ?? null,
        limit + 1,
        ...own.values,
      ],
    );
    return toPage(
      found.rows,
      limit,
      (row) => presentTicket(context, row),
      (row) => [String(row.id)],
    );
  },
});
