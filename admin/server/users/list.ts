import { z } from 'zod';
import { invalid } from '../errors.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { findUser, presentUser, USER_COLUMNS, type UserRow } from './present.ts';
import { UserId, UserQuery, type UserView } from './schemas.ts';
import { whose } from './whose.ts';

/** Everybody who may sign in, the oldest first. */
export const listUsers = defineVerb({
  name: 'user.list',
  role: 'admin',
  input: z.object({ query: UserQuery }),
  run: async (context, { query: { limit, cursor } }) => {
    const after = cursor === undefined ? [] : decodeCursor(cursor, 2);
    if (after === null) throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const found = await context.pool.query<UserRow>(
      `select ${USER_COLUMNS} from auth."user" u
       where $1::timestamptz is null or (u."createdAt", u.id) > ($1::timestamptz, $2)
       order by u."createdAt", u.id limit $3`,
      [after[0] ?? null, after[1] ?? null, limit + 1],
    );
    return toPage(found.rows, limit, presentUser, (row) => [row.at, row.id]);
  },
});

/** Oneself as `me`, another as an administrator. */
export const getUser = defineVerb({
  name: 'user.get',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: UserId }),
  run: async (context, { id }): Promise<UserView> => findUser(context.pool, await whose(context, id)),
});
