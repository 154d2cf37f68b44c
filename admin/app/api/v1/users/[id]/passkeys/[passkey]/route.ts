import { rest } from '../../../../../../../server/rest.ts';
import { removePasskey, renamePasskey } from '../../../../../../../server/users/passkeys.ts';

export const PATCH = rest(renamePasskey, { takes: 'body' });
export const DELETE = rest(removePasskey, { status: 204 });
