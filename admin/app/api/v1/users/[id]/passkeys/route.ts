import { rest } from '../../../../../../server/rest.ts';
import { listPasskeys } from '../../../../../../server/users/passkeys.ts';

export const GET = rest(listPasskeys);
