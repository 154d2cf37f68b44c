import { raw } from '@mikro-orm/core';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { invalid, notFound } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { changingEntities } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { oneEach, presentMapping } from './present.ts';
import { TenantMappingInput, TenantMappingPatch, TenantMappingQuery, type TenantMappingView } from './schemas.ts';

const missing = () => notFound('tenant mapping');

/** The global tenant map, in the order of its names. */
export const listTenantMappings = defineVerb({
  name: 'tenant-mapping.list',
  role: 'viewer',
  input: z.object({ query: TenantMappingQuery }),
  run: async (context, { query: { limit, cursor } }) => {
    const after = cursor === undefined ? null : decodeCursor(cursor, 1)?.[0];
    if (after === undefined) throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const { orm, entities } = await context.orm();
    const name = raw('lower(tenant)');
    const found = await orm.em.fork().find(entities.TenantMapping, after === null ? {} : { [name]: { $gt: after } }, {
      orderBy: { [name]: 'asc' },
      limit: limit + 1,
    });
    return toPage(found, limit, presentMapping, ({ tenant }) => [tenant.toLowerCase()]);
  },
});

export const getTenantMapping = defineVerb({
  name: 'tenant-mapping.get',
  role: 'viewer',
  input: z.object({ id: IdInput }),
  run: async (context, { id }): Promise<TenantMappingView> => {
    const { orm, entities } = await context.orm();
    return presentMapping(await orm.em.fork().findOneOrFail(entities.TenantMapping, { id }, { failHandler: missing }));
  },
});

export const createTenantMapping = defineVerb({
  name: 'tenant-mapping.create',
  role: 'admin',
  input: z.object({ body: TenantMappingInput }),
  run: (context, { body }): Promise<TenantMappingView> =>
    changingEntities(context, async ({ em, entities, audit }) => {
      const made = em.create(entities.TenantMapping, {
        id: uuidv7(),
        ...body,
        createdAt: new Date(),
        updatedAt: new Date(),
      });
      audit({ action: 'create', entity: 'tenant-mapping', entityId: made.id, after: body });
      await em.flush();
      return presentMapping(made);
    }).catch(oneEach),
});

export const patchTenantMapping = defineVerb({
  name: 'tenant-mapping.patch',
  role: 'admin',
  input: z.object({ id: IdInput, body: TenantMappingPatch }),
  run: (context, { id, body }): Promise<TenantMappingView> =>
    changingEntities(context, async ({ em, entities, audit }) => {
      const mapping = await em.findOneOrFail(entities.TenantMapping, { id }, { failHandler: missing });
      const before = presentMapping(mapping);
      const { tenant = mapping.tenant, companyId = mapping.companyId, description = mapping.description } = body;
      em.assign(mapping, { tenant, companyId, description, updatedAt: new Date() });
      audit({ action: 'patch', entity: 'tenant-mapping', entityId: id, before, after: presentMapping(mapping) });
      await em.flush();
      return presentMapping(mapping);
    }).catch(oneEach),
});

export const deleteTenantMapping = defineVerb({
  name: 'tenant-mapping.delete',
  role: 'admin',
  input: z.object({ id: IdInput }),
  run: (context, { id }): Promise<void> =>
    changingEntities(context, async ({ em, entities, audit }) => {
      const mapping = await em.findOneOrFail(entities.TenantMapping, { id }, { failHandler: missing });
      audit({ action: 'delete', entity: 'tenant-mapping', entityId: id, before: presentMapping(mapping) });
      em.remove(mapping);
    }),
});
