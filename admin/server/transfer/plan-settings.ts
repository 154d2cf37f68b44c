import type { z } from 'zod';
import type { Queryable } from '../../../infra/database/pool.ts';
import { findMovedBySettings, saveSettings } from '../settings/patch.ts';
import { readSettings } from '../settings/read-settings.ts';
import type { SettingsInput } from '../settings/schemas.ts';
import type { VerbContext } from '../verb.ts';
import { differences } from './differences.ts';
import type { PlannedItem } from './plan-item.ts';

/** What becomes of the settings; those that are not given stay. */
export async function planSettings(
  context: VerbContext,
  db: Queryable,
  given: z.output<typeof SettingsInput>,
): Promise<PlannedItem> {
  const before: Record<string, unknown> = { ...(await readSettings(context, db)) };
  const other = Object.entries(given).filter(
    ([name, value]) => value !== undefined && differences(before[name], value).length > 0,
  );
  const item = { kind: 'settings', id: 'global', name: 'Settings', changes: other.map(([name]) => name), notes: [] };
  if (other.length === 0) return { item: { ...item, kind: 'settings', action: 'unchanged' } };
  return {
    item: { ...item, kind: 'settings', action: 'update' },
    findMoved: (at) => findMovedBySettings(context, at, given),
    carryOut: async (change) => void (await saveSettings(context, change, Object.fromEntries(other))),
  };
}
