import { rest } from '../../../../../server/rest.ts';
import { getTicket } from '../../../../../server/tickets/get.ts';
import { patchTicket } from '../../../../../server/tickets/person-verbs.ts';

export const GET = rest(getTicket);
export const PATCH = rest(patchTicket, { takes: 'body', status: 204 });
