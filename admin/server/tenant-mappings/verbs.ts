import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { invalid } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { lockMapping, presentMapping, saving, type TenantMappingRow } from './rows.ts';
import { TenantMappingInput, TenantMappingPatch, TenantMappingQuery } from './schemas.ts';

/** The global tenant map, in the order of its names. */
export const listTenantMappings = defineVerb({
  name: 'tenant-mapping.list',
  role: 'viewer',
  input: z.object({ query: TenantMappingQuery }),
  run: async (context, { query: { limit, cursor } }) => {
    const after = cursor === undefined ? null : decodeCursor(cursor, 1)?.[0];
    if (after === undefined) throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const found = await context.pool.query<TenantMappingRow>(
      'select * from tenant_mapping where $1::text is null or lower(tenant) > $1 order by lower(tenant) limit $2',
      [after, limit + 1],
    );
    return toPage(found.rows, limit, presentMapping, (row) => [row.tenant.toLowerCase()]);
  },
});

export const createTenantMapping = defineVerb({
  name: 'tenant-mapping.create',
  role: 'admin',
  input: z.object({ body: TenantMappingInput }),
  run: (context, { body }) =>
    changing(context, async ({ tx, audit }) => {
      const made = await saving(
        tx.query<TenantMappingRow>(
          'insert into tenant_mapping (id, tenant, company_id, description) values ($1, $2, $3, $4) returning *',
          [uuidv7(), body.tenant, body.companyId, body.description],
        ),
      );
      await audit({ action: 'create', entity: 'tenant-mapping', entityId: made.id, after: body });
      return made;
    }),
});

export const getTenantMapping = defineVerb({
  name: 'tenant-mapping.get',
  role: 'viewer',
  input: z.object({ id: IdInput }),
  run: async (context, { id }) =>
    saving(context.pool.query<TenantMappingRow>('select * from tenant_mapping where id = $1', [id])),
});

export const patchTenantMapping = defineVerb({
  name: 'tenant-mapping.patch',
  role: 'admin',
  input: z.object({ id: IdInput, body: TenantMappingPatch }),
  run: (context, { id, body }) =>
    changing(context, async ({ tx, audit }) => {
      const before = presentMapping(await lockMapping(tx, id));
      const after = { ...before, ...body };
      const saved = await saving(
        tx.query<TenantMappingRow>(
          'update tenant_mapping set tenant = $2, company_id = $3, description = $4, updated_at = now() where id = $1 returning *',
          [id, after.tenant, after.companyId, after.description],
        ),
      );
      await audit({ action: 'patch', entity: 'tenant-mapping', entityId: id, before, after: saved });
      return saved;
    }),
});

export const deleteTenantMapping = defineVerb({
  name: 'tenant-mapping.delete',
  role: 'admin',
  input: z.object({ id: IdInput }),
  run: (context, { id }): Promise<void> =>
    changing(context, async ({ tx, audit }) => {
      const before = presentMapping(await lockMapping(tx, id));
      await tx.query('delete from tenant_mapping where id = $1', [id]);
      await audit({ action: 'delete', entity: 'tenant-mapping', entityId: id, before });
    }),
});
