import { z } from 'zod';
import { actorLabel } from '../audit.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { readSettings } from './read-settings.ts';
import { SettingsInput, type SettingsView } from './schemas.ts';

/** Saves what is sent. The maintenance mode holds from the next webhook that is planned. */
export const patchSettings = defineVerb({
  name: 'settings.patch',
  role: 'admin',
  input: z.object({ body: SettingsInput }),
  run: (context, { body }): Promise<SettingsView> =>
    changing(context, async ({ tx, audit }) => {
      const before = await readSettings(context, tx);
      for (const [key, value] of Object.entries(body)) {
        await tx.query(
          `insert into setting (key, value, updated_by) values ($1, $2, $3)
           on conflict (key) do update set value = excluded.value, updated_at = now(), updated_by = excluded.updated_by`,
          [key, JSON.stringify(value), actorLabel(context.actor)],
        );
      }
      const after = await readSettings(context, tx);
      await audit({ action: 'patch', entity: 'settings', entityId: 'global', before, after });
      return after;
    }),
});
