'use server';

import { act } from '../../../lib/act.ts';
import { patchSettings } from '../../../server/settings/patch.ts';

export async function saveSettings(body: unknown) {
  return act(patchSettings, { body });
}
