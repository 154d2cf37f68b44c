import { rest } from '../../../../../../../server/rest.ts';
import { endSession } from '../../../../../../../server/users/sessions.ts';

export const DELETE = rest(endSession, { status: 204 });
