import { z } from 'zod';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { holdAdministrators } from './last-admin.ts';
import { auditedUser, findUser } from './present.ts';
import { UserId, UserPatch, type UserView } from './schemas.ts';

/**
 * Changes name, role, company or whether somebody is disabled; it holds from the next request on. Disabling ends every
 * session. Throws `conflict` where no administrator would be left.
 */
export const patchUser = defineVerb({
  name: 'user.patch',
  role: 'admin',
  input: z.object({ id: UserId, body: UserPatch }),
  run: (context, { id, body }): Promise<UserView> =>
    changing(context, async ({ tx, audit }) => {
      const someoneIsLeft = await holdAdministrators(tx);
      const before = await findUser(tx, id);
      const { name = before.name, role = before.role, company = before.company, disabled = before.disabled } = body;
      await tx.query(
        `update auth."user" set name = $2, role = $3, company = $4, disabled = $5, "updatedAt" = now() where id = $1`,
        [id, name, role, company, disabled],
      );
      if (disabled) await tx.query('delete from auth.session where "userId" = $1', [id]);
      await someoneIsLeft();
      const after = await findUser(tx, id);
      await audit({
        action: 'patch',
        entity: 'user',
        entityId: id,
        before: auditedUser(before),
        after: auditedUser(after),
      });
      return after;
    }),
});
