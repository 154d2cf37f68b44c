import { rest } from '../../../../../server/rest.ts';
import { getTicket } from '../../../../../server/tickets/get.ts';

export const GET = rest(getTicket);
