'use server';

import { act } from '../../../lib/act.ts';
import { checkAnalysis } from '../../../server/analysis/check.ts';
import { registerCallbacks, removeCallbacks } from '../../../server/psa/callbacks.ts';
import { refreshCatalog } from '../../../server/psa/refresh-catalog.ts';
import { patchSettings } from '../../../server/settings/patch.ts';

export async function saveSettings(body: unknown, confirm?: 'identity') {
  return act(patchSettings, { body, query: confirm === undefined ? {} : { confirm } });
}

export async function readCatalogAnew() {
  return act(refreshCatalog, {});
}

export async function askModel() {
  return act(checkAnalysis, {});
}

export async function askCallbacks() {
  return act(registerCallbacks, {});
}

export async function stopCallbacks() {
  return act(removeCallbacks, {});
}
