import { z } from 'zod';
import { notFound } from '../errors.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { PasskeyPatch, UserId, type PasskeyView } from './schemas.ts';
import { whose } from './whose.ts';

interface PasskeyRow {
  id: string;
  name: string | null;
  createdAt: Date | null;
  backedUp: boolean;
}

const COLUMNS = 'id, name, "createdAt", "backedUp"';

/** The passkeys of somebody, the newest first: one's own as `me`, another's as an administrator. */
export const listPasskeys = defineVerb({
  name: 'passkey.list',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: UserId }),
  run: async (context, { id }): Promise<{ items: PasskeyView[] }> => {
    const found = await context.pool.query<PasskeyRow>(
      `select ${COLUMNS} from auth.passkey where "userId" = $1 order by "createdAt" desc, id limit 200`,
      [await whose(context, id)],
    );
    return { items: found.rows.map(present) };
  },
});

/** Gives a passkey another name. */
export const renamePasskey = defineVerb({
  name: 'passkey.rename',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: UserId, passkey: UserId, body: PasskeyPatch }),
  run: async (context, { id, passkey, body: { name } }): Promise<PasskeyView> => {
    const userId = await whose(context, id);
    return changing(context, async ({ tx, audit }) => {
      const { rows } = await tx.query<PasskeyRow>(
        `select ${COLUMNS} from auth.passkey where "userId" = $1 and id = $2 for update`,
        [userId, passkey],
      );
      const [row] = rows;
      if (!row) throw notFound('passkey');
      if (name === undefined || name === row.name) return present(row);
      await tx.query('update auth.passkey set name = $2 where id = $1', [passkey, name]);
      const names = { before: { passkey: row.name }, after: { passkey: name } };
      await audit({ action: 'rename-passkey', entity: 'user', entityId: userId, ...names });
      return present({ ...row, name });
    });
  },
});

/** Takes a passkey away: it opens nothing from now on. */
export const removePasskey = defineVerb({
  name: 'passkey.remove',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: UserId, passkey: UserId }),
  run: async (context, { id, passkey }): Promise<void> => {
    const userId = await whose(context, id);
    await changing(context, async ({ tx, audit }) => {
      const { rows } = await tx.query<{ name: string | null }>(
        'delete from auth.passkey where "userId" = $1 and id = $2 returning name',
        [userId, passkey],
      );
      const [row] = rows;
      if (!row) throw notFound('passkey');
      await audit({ action: 'remove-passkey', entity: 'user', entityId: userId, before: { passkey: row.name } });
    });
  },
});

function present({ id, name, createdAt, backedUp }: PasskeyRow): PasskeyView {
  return { id, name: name ?? 'Passkey', createdAt: createdAt?.toISOString() ?? null, isSynced: backedUp };
}
