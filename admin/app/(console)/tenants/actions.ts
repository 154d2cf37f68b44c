'use server';

import { act } from '../../../lib/act.ts';
import { createTenantMapping, deleteTenantMapping, patchTenantMapping } from '../../../server/tenant-mappings/verbs.ts';

export async function makeMapping(body: unknown) {
  return act(createTenantMapping, { body });
}

export async function saveMapping(id: string, body: unknown) {
  return act(patchTenantMapping, { id, body });
}

export async function removeMapping(id: string) {
  return act(deleteTenantMapping, { id });
}
