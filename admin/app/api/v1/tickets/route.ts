import { rest } from '../../../../server/rest.ts';
import { listTickets } from '../../../../server/tickets/list.ts';

export const GET = rest(listTickets, { takes: 'query' });
