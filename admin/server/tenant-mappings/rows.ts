import type { Queryable } from '../../../infra/database/pool.ts';
import { conflict, notFound } from '../errors.ts';
import type { TenantMappingView } from './schemas.ts';

export interface TenantMappingRow {
  id: string;
  tenant: string;
  company_id: string;
  description: string;
  created_at: Date;
  updated_at: Date;
}

export function presentMapping(row: TenantMappingRow): TenantMappingView {
  return {
    id: row.id,
    tenant: row.tenant,
    companyId: row.company_id,
    description: row.description,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export async function lockMapping(tx: Queryable, id: string): Promise<TenantMappingRow> {
  const found = await tx.query<TenantMappingRow>('select * from tenant_mapping where id = $1 for update', [id]);
  const [row] = found.rows;
  if (!row) throw notFound('tenant mapping');
  return row;
}

const UNIQUE_VIOLATION = '23505';

/** Runs a statement that saves a mapping; a tenant that has one already is a conflict. */
export async function saving(save: Promise<{ rows: TenantMappingRow[] }>): Promise<TenantMappingView> {
  try {
    const [row] = (await save).rows;
    if (!row) throw notFound('tenant mapping');
    return presentMapping(row);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)
      throw conflict('This tenant has a mapping already; case does not matter.');
    throw error;
  }
}
