'use server';

import { act } from '../../../lib/act.ts';
import { createWindow, deleteWindow, patchWindow } from '../../../server/maintenance-windows/verbs.ts';
import { patchSettings } from '../../../server/settings/patch.ts';

export async function makeWindow(body: unknown) {
  return act(createWindow, { body });
}

export async function saveWindow(id: string, body: unknown) {
  return act(patchWindow, { id, body });
}

export async function removeWindow(id: string) {
  return act(deleteWindow, { id });
}

export async function setPolicy(maintenancePolicy: string) {
  return act(patchSettings, { body: { maintenancePolicy } });
}
