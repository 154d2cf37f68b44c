import { rest } from '../../../../../../server/rest.ts';
import { endSessions, listSessions } from '../../../../../../server/users/sessions.ts';

export const GET = rest(listSessions);
export const DELETE = rest(endSessions, { status: 204 });
