import { z } from 'zod';
import { loadTenantMappings } from '../../../infra/database/config-store.ts';
import { findTenant } from '../../../workflows/domain/tenant-map.ts';
import { defineVerb } from '../verb.ts';
import { TenantMatchQuery, type TenantMatchView } from './schemas.ts';

/** Which mapping a tenant's name finds, exactly as the planner looks: the exact name first, then the most specific pattern. */
export const matchTenant = defineVerb({
  name: 'tenant-mapping.get',
  role: 'viewer',
  input: z.object({ query: TenantMatchQuery }),
  run: async ({ pool }, { query: { tenant } }): Promise<TenantMatchView> => {
    const found = findTenant(tenant, await loadTenantMappings(pool), { globs: Infinity });
    return { tenant, match: found === null ? null : { tenant: found.tenant, companyId: found.companyId } };
  },
});
