import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { actorLabel } from '../audit.ts';
import { invalid, notFound } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { changingEntities } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { windowWarnings } from './window-warnings.ts';
import { presentWindow } from './present.ts';
import { GlobalWindowInput, GlobalWindowPatch, GlobalWindowQuery } from './schemas.ts';

const missing = () => notFound('maintenance window');

/** Windows that hold for every endpoint, the oldest first (ids rise with time). */
export const listWindows = defineVerb({
  name: 'maintenance-window.list',
  role: 'viewer',
  input: z.object({ query: GlobalWindowQuery }),
  run: async (context, { query: { limit, cursor } }) => {
    const after = cursor === undefined ? null : decodeCursor(cursor, 1)?.[0];
    if (after === undefined || (after !== null && !z.uuid().safeParse(after).success)) {
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    }
    const { orm, entities } = await context.orm();
    const where = after === null ? {} : { id: { $gt: after } };
    const found = await orm.em
      .fork()
      .find(entities.MaintenanceWindow, where, { orderBy: { id: 'asc' }, limit: limit + 1 });
    return toPage(found, limit, presentWindow, ({ id }) => [id]);
  },
});

export const getWindow = defineVerb({
  name: 'maintenance-window.get',
  role: 'viewer',
  input: z.object({ id: IdInput }),
  run: async (context, { id }) => {
    const { orm, entities } = await context.orm();
    return presentWindow(
      await orm.em.fork().findOneOrFail(entities.MaintenanceWindow, { id }, { failHandler: missing }),
    );
  },
});

export const createWindow = defineVerb({
  name: 'maintenance-window.create',
  role: 'operator',
  input: z.object({ body: GlobalWindowInput }),
  run: (context, { body: { name, window } }) =>
    changingEntities(context, async ({ em, entities, audit }) => {
      const made = em.create(entities.MaintenanceWindow, {
        id: uuidv7(),
        name,
        config: window,
        createdAt: new Date(),
        createdBy: actorLabel(context.actor),
      });
      audit({ action: 'create', entity: 'maintenance-window', entityId: made.id, after: { name, window } });
      return { ...presentWindow(made), warnings: await windowWarnings(context.pool, { id: made.id, window }) };
    }),
});

export const patchWindow = defineVerb({
  name: 'maintenance-window.patch',
  role: 'operator',
  input: z.object({ id: IdInput, body: GlobalWindowPatch }),
  run: (context, { id, body: { name, window } }) =>
    changingEntities(context, async ({ em, entities, audit }) => {
      const kept = await em.findOneOrFail(entities.MaintenanceWindow, { id }, { failHandler: missing });
      const before = presentWindow(kept);
      em.assign(kept, { name: name ?? kept.name, config: window ?? kept.config });
      audit({ action: 'patch', entity: 'maintenance-window', entityId: id, before, after: presentWindow(kept) });
      return { ...presentWindow(kept), warnings: await windowWarnings(context.pool, { id, window: kept.config }) };
    }),
});

export const deleteWindow = defineVerb({
  name: 'maintenance-window.delete',
  role: 'operator',
  input: z.object({ id: IdInput }),
  run: (context, { id }): Promise<void> =>
    changingEntities(context, async ({ em, entities, audit }) => {
      const kept = await em.findOneOrFail(entities.MaintenanceWindow, { id }, { failHandler: missing });
      audit({ action: 'delete', entity: 'maintenance-window', entityId: id, before: presentWindow(kept) });
      em.remove(kept);
    }),
});
