import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { conflict } from '../errors.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { auditedUser, findUser } from './present.ts';
import { UserInput, type UserView } from './schemas.ts';
import { setPassword } from './set-password.ts';

/** Somebody new who may sign in. Throws `conflict` where the e-mail address is known already. */
export const createUser = defineVerb({
  name: 'user.create',
  role: 'admin',
  input: z.object({ body: UserInput }),
  run: async (context, { body: { email, name, role, company, password } }): Promise<UserView> => {
    const hash = password === undefined ? null : await (await context.auth.$context).password.hash(password);
    return changing(context, async ({ tx, audit }) => {
      const id = randomUUID();
      const made = await tx.query(
        `insert into auth."user" (id, email, name, "emailVerified", role, company, disabled, "createdAt", "updatedAt")
         values ($1, $2, $3, true, $4, $5, false, now(), now()) on conflict (email) do nothing`,
        [id, email, name, role, company],
      );
      if (made.rowCount === 0) throw conflict('There is a user with this e-mail address already.');
      if (hash !== null) await setPassword(tx, id, hash);
      const user = await findUser(tx, id);
      await audit({ action: 'create', entity: 'user', entityId: id, after: auditedUser(user) });
      return user;
    });
  },
});
