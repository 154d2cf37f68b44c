import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '../../../infra/database/pool.ts';
import { invalid } from '../errors.ts';
import type { DesiredTenant } from './desired.ts';
import { differences } from './differences.ts';
import type { PlannedItem } from './plan-item.ts';

interface StoredTenant {
  id: string;
  tenant: string;
  companyId: string;
  description: string;
}

const KIND = { kind: 'tenant-mapping', notes: [] as string[] } as const;

/** What becomes of each row of the tenant map: found by the tenant's name, case ignored. Throws `invalid` for a name that stands twice. */
export async function planTenants(
  db: Queryable,
  desired: readonly DesiredTenant[],
  { prune, lock }: { prune: boolean; lock: boolean },
): Promise<PlannedItem[]> {
  const { rows: stored } = await db.query<StoredTenant>(
    `select id, tenant, company_id as "companyId", description from tenant_mapping order by lower(tenant)${lock ? ' for update' : ''}`,
  );
  const byName = new Map(stored.map((row) => [row.tenant.toLowerCase(), row]));
  const seen = new Set<string>();
  const faults = desired.flatMap(({ place, tenant }) => {
    const name = tenant.toLowerCase();
    const isTwice = seen.has(name);
    seen.add(name);
    if (!isTwice) return [];
    return [
      { path: `${place}.tenant`, message: 'This tenant stands twice; case does not matter. Take one of the two away.' },
    ];
  });
  if (faults.length > 0) throw invalid(faults);
  const planned = desired.map((wish) => {
    const row = byName.get(wish.tenant.toLowerCase());
    return row ? planUpdate(wish, row) : planCreate(wish);
  });
  return prune
    ? [...planned, ...stored.filter(({ tenant }) => !seen.has(tenant.toLowerCase())).map(planDelete)]
    : planned;
}

function planCreate({ tenant, companyId, description }: DesiredTenant): PlannedItem {
  const id = uuidv7();
  const after = { tenant, companyId, description: description ?? '' };
  return {
    item: { ...KIND, action: 'create', id, name: tenant, changes: [] },
    carryOut: async ({ tx, audit }) => {
      await tx.query('insert into tenant_mapping (id, tenant, company_id, description) values ($1, $2, $3, $4)', [
        id,
        tenant,
        companyId,
        after.description,
      ]);
      await audit({ action: 'create', entity: 'tenant-mapping', entityId: id, after });
    },
  };
}

function planUpdate(wish: DesiredTenant, { id, ...before }: StoredTenant): PlannedItem {
  const after = { tenant: wish.tenant, companyId: wish.companyId, description: wish.description ?? before.description };
  const changes = differences(before, after);
  if (changes.length === 0) return { item: { ...KIND, action: 'unchanged', id, name: wish.tenant, changes } };
  return {
    item: { ...KIND, action: 'update', id, name: wish.tenant, changes },
    carryOut: async ({ tx, audit }) => {
      await tx.query(
        'update tenant_mapping set tenant = $2, company_id = $3, description = $4, updated_at = now() where id = $1',
        [id, after.tenant, after.companyId, after.description],
      );
      await audit({ action: 'patch', entity: 'tenant-mapping', entityId: id, before, after });
    },
  };
}

function planDelete({ id, ...before }: StoredTenant): PlannedItem {
  return {
    item: { ...KIND, action: 'delete', id, name: before.tenant, changes: [] },
    carryOut: async ({ tx, audit }) => {
      await tx.query('delete from tenant_mapping where id = $1', [id]);
      await audit({ action: 'delete', entity: 'tenant-mapping', entityId: id, before });
    },
  };
}
