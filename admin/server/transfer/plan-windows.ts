import { v7 as uuidv7 } from 'uuid';
import type { MaintenanceWindow } from '../../../workflows/contracts/endpoint-config.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import { actorLabel } from '../audit.ts';
import { invalid, type FieldFault } from '../errors.ts';
import { overlapsWith } from '../maintenance-windows/window-warnings.ts';
import type { VerbContext } from '../verb.ts';
import { idsGivenTwice, type DesiredWindow } from './desired.ts';
import { differences } from './differences.ts';
import type { PlannedItem } from './plan-item.ts';

interface StoredWindow {
  id: string;
  name: string;
  window: MaintenanceWindow;
}

const KIND = { kind: 'maintenance-window' } as const;

/** What becomes of each window for all endpoints: found by id, else by name. Throws `invalid` where a name is in doubt. */
export async function planWindows(
  context: VerbContext,
  db: Queryable,
  desired: readonly DesiredWindow[],
  { prune, lock }: { prune: boolean; lock: boolean },
): Promise<PlannedItem[]> {
  const { rows: stored } = await db.query<StoredWindow>(
    `select id, name, config as window from maintenance_window order by id${lock ? ' for update' : ''}`,
  );
  const faults: FieldFault[] = [];
  const taken = new Set<string>();
  const matchOf = new Map<DesiredWindow, StoredWindow>();
  const take = (wish: DesiredWindow, fitting: readonly StoredWindow[]) => {
    const [row] = fitting;
    if (fitting.length > 1)
      faults.push({
        path: `${wish.place}.name`,
        message: 'Several windows have this name. Give the id of the one that is meant.',
      });
    else if (row && taken.has(row.id))
      faults.push({ path: wish.place, message: 'This window stands twice in the file. Take one of the two away.' });
    else if (row) {
      matchOf.set(wish, row);
      taken.add(row.id);
    }
  };
  for (const wish of desired)
    if (wish.id !== null)
      take(
        wish,
        stored.filter(({ id }) => id === wish.id),
      );
  for (const wish of desired) {
    if (!matchOf.has(wish))
      take(
        wish,
        stored.filter(({ id, name }) => name === wish.name && !taken.has(id)),
      );
  }
  faults.push(...idsGivenTwice(desired.filter((wish) => !matchOf.has(wish))));
  const nameless = desired.filter(({ id }) => id === null).map(({ name }) => name);
  for (const wish of desired) {
    if (wish.id === null && nameless.indexOf(wish.name) !== nameless.lastIndexOf(wish.name))
      faults.push({
        path: `${wish.place}.name`,
        message: 'This name stands twice without an id. Give each another name.',
      });
  }
  if (faults.length > 0) throw invalid(faults);
  const staying = prune ? [] : stored.filter(({ id }) => !taken.has(id));
  const overlapNotes = (wish: DesiredWindow): string[] =>
    overlapsWith(wish.window, [...staying, ...desired.slice(0, desired.indexOf(wish))]).map(
      ({ message }) => `It ${message}`,
    );
  const planned = desired.map((wish) => {
    const row = matchOf.get(wish);
    const made = row ? planUpdate(wish, row) : planCreate(context, wish);
    if (made.item.action !== 'unchanged') made.item.notes.push(...overlapNotes(wish));
    return made;
  });
  return prune ? [...planned, ...stored.filter(({ id }) => !taken.has(id)).map(planDelete)] : planned;
}

function planCreate(context: VerbContext, { id: given, name, window }: DesiredWindow): PlannedItem {
  const id = given ?? uuidv7();
  return {
    item: { ...KIND, action: 'create', id, name, changes: [], notes: [] },
    carryOut: async ({ tx, audit }) => {
      await tx.query('insert into maintenance_window (id, name, config, created_by) values ($1, $2, $3, $4)', [
        id,
        name,
        JSON.stringify(window),
        actorLabel(context.actor),
      ]);
      await audit({ action: 'create', entity: 'maintenance-window', entityId: id, after: { name, window } });
    },
  };
}

function planUpdate({ name, window }: DesiredWindow, row: StoredWindow): PlannedItem {
  const { id, ...before } = row;
  const changes = differences(before, { name, window });
  if (changes.length === 0) return { item: { ...KIND, action: 'unchanged', id, name, changes, notes: [] } };
  return {
    item: { ...KIND, action: 'update', id, name, changes, notes: [] },
    carryOut: async ({ tx, audit }) => {
      await tx.query('update maintenance_window set name = $2, config = $3 where id = $1', [
        id,
        name,
        JSON.stringify(window),
      ]);
      await audit({ action: 'patch', entity: 'maintenance-window', entityId: id, before, after: { name, window } });
    },
  };
}

function planDelete({ id, name, window }: StoredWindow): PlannedItem {
  return {
    item: { ...KIND, action: 'delete', id, name, changes: [], notes: [] },
    carryOut: async ({ tx, audit }) => {
      await tx.query('delete from maintenance_window where id = $1', [id]);
      await audit({ action: 'delete', entity: 'maintenance-window', entityId: id, before: { name, window } });
    },
  };
}
