import { rest } from '../../../../../../server/rest.ts';
import { replyToTicket } from '../../../../../../server/tickets/person-verbs.ts';

export const POST = rest(replyToTicket, { takes: 'body', status: 201 });
