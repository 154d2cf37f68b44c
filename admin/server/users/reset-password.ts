import { z } from 'zod';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { findUser } from './present.ts';
import { PasswordResetInput, UserId } from './schemas.ts';
import { setPassword } from './set-password.ts';

/** A new password for somebody, whose sessions all end; where asked for, also without the second factor or the passkeys. */
export const resetPassword = defineVerb({
  name: 'user.reset-password',
  role: 'admin',
  input: z.object({ id: UserId, body: PasswordResetInput }),
  run: async (context, { id, body: { password, removeSecondFactor, removePasskeys } }): Promise<void> => {
    const hash = await (await context.auth.$context).password.hash(password);
    await changing(context, async ({ tx, audit }) => {
      await findUser(tx, id);
      await setPassword(tx, id, hash);
      if (removeSecondFactor) {
        await tx.query('delete from auth."twoFactor" where "userId" = $1', [id]);
        await tx.query('update auth."user" set "twoFactorEnabled" = false where id = $1', [id]);
      }
      if (removePasskeys) await tx.query('delete from auth.passkey where "userId" = $1', [id]);
      await tx.query('delete from auth.session where "userId" = $1', [id]);
      await tx.query(`delete from auth.verification where value = $1`, [id]);
      await audit({
        action: 'reset-password',
        entity: 'user',
        entityId: id,
        after: { removeSecondFactor, removePasskeys },
      });
    });
  },
});
