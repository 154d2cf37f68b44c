'use server';

import { act } from '../../../lib/act.ts';
import { matchTenant } from '../../../server/tenant-mappings/match.ts';
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

/** Which mapping a tenant's name finds now, by the rules of the planner. */
export async function tryTenant(tenant: string) {
  return act(matchTenant, { query: { tenant } });
}
