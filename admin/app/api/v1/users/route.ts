import { rest } from '../../../../server/rest.ts';
import { createUser } from '../../../../server/users/create.ts';
import { listUsers } from '../../../../server/users/list.ts';

export const GET = rest(listUsers, { takes: 'query' });
export const POST = rest(createUser, { takes: 'body', status: 201 });
