import { z } from 'zod';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { holdAdministrators } from './last-admin.ts';
import { auditedUser, findUser } from './present.ts';
import { UserId } from './schemas.ts';

/** Takes somebody away with sessions, password, second factor and passkeys. Throws `conflict` where no administrator would be left. */
export const deleteUser = defineVerb({
  name: 'user.delete',
  role: 'admin',
  input: z.object({ id: UserId }),
  run: (context, { id }): Promise<void> =>
    changing(context, async ({ tx, audit }) => {
      const someoneIsLeft = await holdAdministrators(tx);
      const before = await findUser(tx, id);
      for (const table of ['session', 'account', '"twoFactor"', 'passkey'])
        await tx.query(`delete from auth.${table} where "userId" = $1`, [id]);
      await tx.query('delete from auth."user" where id = $1', [id]);
      await someoneIsLeft();
      await audit({ action: 'delete', entity: 'user', entityId: id, before: auditedUser(before) });
    }),
});
