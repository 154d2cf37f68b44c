import { rest } from '../../../../../server/rest.ts';
import { deleteUser } from '../../../../../server/users/delete.ts';
import { getUser } from '../../../../../server/users/list.ts';
import { patchUser } from '../../../../../server/users/patch.ts';

export const GET = rest(getUser);
export const PATCH = rest(patchUser, { takes: 'body' });
export const DELETE = rest(deleteUser, { status: 204 });
