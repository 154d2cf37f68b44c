import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Queryable } from '../../../infra/database/pool.ts';
import { actorLabel } from '../audit.ts';
import { ChangeQuery, wouldMove } from '../endpoints/change-endpoint.ts';
import { findMovedByMasking, type MovedIncident } from '../endpoints/identity-change.ts';
import { changing, type Change } from '../transaction.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { readSettings } from './read-settings.ts';
import { SettingsInput, type SettingsView } from './schemas.ts';

/**
 * Saves what is sent. The maintenance mode holds from the next webhook that is planned. Throws `conflict` where masking words would
 * give open incidents another identity and that is not confirmed.
 */
export const patchSettings = defineVerb({
  name: 'settings.patch',
  role: 'admin',
  input: z.object({ body: SettingsInput, query: ChangeQuery.default({}) }),
  run: (context, { body, query: { confirm } }): Promise<SettingsView> =>
    changing(context, async (change) => {
      const moved = await findMovedBySettings(context, change.tx, body);
      if (moved.length > 0 && confirm !== 'identity') throw wouldMove(moved);
      const saved = await saveSettings(context, change, body);
      if (moved.length > 0)
        await change.audit({
          action: 'confirm-identity',
          entity: 'settings',
          entityId: 'global',
          after: { incidents: moved.map(({ id }) => id) },
        });
      return saved;
    }),
});

/** The open incidents that the sender's next alert would not find again under these settings. */
export async function findMovedBySettings(
  context: VerbContext,
  db: Queryable,
  { maskingWords }: z.output<typeof SettingsInput>,
): Promise<MovedIncident[]> {
  if (maskingWords === undefined) return [];
  const before = await readSettings(context, db);
  return isDeepStrictEqual(before.maskingWords, maskingWords) ? [] : findMovedByMasking(context, db, maskingWords);
}

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
