import { rest } from '../../../../../../server/rest.ts';
import { resetPassword } from '../../../../../../server/users/reset-password.ts';

export const POST = rest(resetPassword, { takes: 'body', status: 204 });
