import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { actorLabel } from '../audit.ts';
import { invalid } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { changing } from '../transaction.ts';
import { defineVerb } from '../verb.ts';
import { findWindow, presentWindow, WINDOW_COLUMNS, type WindowRow } from './rows.ts';
import { GlobalWindowInput, GlobalWindowPatch, GlobalWindowQuery } from './schemas.ts';

/** Windows that hold for every endpoint, the oldest first. */
export const listWindows = defineVerb({
  name: 'maintenance-window.list',
  role: 'viewer',
  input: z.object({ query: GlobalWindowQuery }),
  run: async (context, { query: { limit, cursor } }) => {
    const after = cursor === undefined ? null : decodeCursor(cursor, 2);
    if (cursor !== undefined && after === null)
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const found = await context.pool.query<WindowRow>(
      `select ${WINDOW_COLUMNS} from maintenance_window where $1::timestamptz is null or (created_at, id) > ($1::timestamptz, $2::uuid)
       order by created_at, id limit $3`,
      [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
    );
    return toPage(found.rows, limit, presentWindow, (row) => [row.at, row.id]);
  },
});

export const getWindow = defineVerb({
  name: 'maintenance-window.get',
  role: 'viewer',
  input: z.object({ id: IdInput }),
  run: async (context, { id }) => presentWindow(await findWindow(context.pool, id)),
});

export const createWindow = defineVerb({
  name: 'maintenance-window.create',
  role: 'operator',
  input: z.object({ body: GlobalWindowInput }),
  run: (context, { body }) =>
    changing(context, async ({ tx, audit }) => {
      const id = uuidv7();
      await tx.query('insert into maintenance_window (id, name, config, created_by) values ($1, $2, $3, $4)', [
        id,
        body.name,
        JSON.stringify(body.window),
        actorLabel(context.actor),
      ]);
      await audit({ action: 'create', entity: 'maintenance-window', entityId: id, after: body });
      return presentWindow(await findWindow(tx, id));
    }),
});

export const patchWindow = defineVerb({
  name: 'maintenance-window.patch',
  role: 'operator',
  input: z.object({ id: IdInput, body: GlobalWindowPatch }),
  run: (context, { id, body }) =>
    changing(context, async ({ tx, audit }) => {
      const before = presentWindow(await findWindow(tx, id));
      const { name, window } = { ...before, ...body };
      await tx.query('update maintenance_window set name = $2, config = $3 where id = $1', [
        id,
        name,
        JSON.stringify(window),
      ]);
      await audit({ action: 'patch', entity: 'maintenance-window', entityId: id, before, after: { name, window } });
      return presentWindow(await findWindow(tx, id));
    }),
});

export const deleteWindow = defineVerb({
  name: 'maintenance-window.delete',
  role: 'operator',
  input: z.object({ id: IdInput }),
  run: (context, { id }): Promise<void> =>
    changing(context, async ({ tx, audit }) => {
      const before = presentWindow(await findWindow(tx, id));
      await tx.query('delete from maintenance_window where id = $1', [id]);
      await audit({ action: 'delete', entity: 'maintenance-window', entityId: id, before });
    }),
});
