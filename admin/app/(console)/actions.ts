'use server';

import { act } from '../../lib/act.ts';
import { patchSettings } from '../../server/settings/patch.ts';

export async function setMaintenance(isOn: boolean) {
  return act(patchSettings, { body: { maintenanceMode: isOn } });
}
