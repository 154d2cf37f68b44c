import { z } from 'zod';
import { actorLabel } from '../audit.ts';
import { changing, type Change } from '../transaction.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { readSettings } from './read-settings.ts';
import { SettingsInput, type SettingsView } from './schemas.ts';

/** Saves what is sent. The maintenance mode holds from the next webhook that is planned. */
export const patchSettings = defineVerb({
  name: 'settings.patch',
  role: 'admin',
  input: z.object({ body: SettingsInput }),
  run: (context, { body }): Promise<SettingsView> => changing(context, (change) => saveSettings(context, change, body)),
});

/** Writes what is given, with its audit row, and answers the settings that hold then. */
export async function saveSettings(
  context: VerbContext,
  { tx, audit }: Change,
  given: z.output<typeof SettingsInput>,
): Promise<SettingsView> {
  const before = await readSettings(context, tx);
  for (const [key, value] of Object.entries(given)) {
    await tx.query(
      `insert into setting (key, value, updated_by) values ($1, $2, $3)
       on conflict (key) do update set value = excluded.value, updated_at = now(), updated_by = excluded.updated_by`,
      [key, JSON.stringify(value), actorLabel(context.actor)],
    );
  }
  const after = await readSettings(context, tx);
  await audit({ action: 'patch', entity: 'settings', entityId: 'global', before, after });
  return after;
}
