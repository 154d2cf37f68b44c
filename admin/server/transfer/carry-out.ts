import { inTransaction, type Queryable } from '../../../infra/database/pool.ts';
import { wouldMove } from '../endpoints/change-endpoint.ts';
import { nameMoved, type MovedIncident } from '../endpoints/identity-change.ts';
import { conflict, invalid, VerbError, type FieldFault } from '../errors.ts';
import { changing, type Change } from '../transaction.ts';
import type { VerbContext } from '../verb.ts';
import type { Desired } from './desired.ts';
import { planEndpoints } from './plan-endpoints.ts';
import type { PlannedItem, PlanItem } from './plan-item.ts';
import { planSettings } from './plan-settings.ts';
import { planTenants } from './plan-tenants.ts';
import { planWindows } from './plan-windows.ts';

/** One at a time: two files applied at once would each plan with what the other has not written yet. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('hookwise transfer', 0))`;

export interface CarryOutOptions {
  dryRun: boolean;
  prune: boolean;
  /** `identity`: also where open incidents would not be found again by their sender's next alert. */
  confirm?: 'identity' | undefined;
  action: 'apply' | 'import';
}

/**
 * Plans what `desired` changes and, unless `dryRun`, does it: everything in one transaction with its audit rows, or nothing.
 * Throws `invalid` with every fault at its place, and `conflict` with the open incidents whose identity would be altered,
 * before anything is written.
 */
export async function carryOut(
  context: VerbContext,
  desired: Desired,
  { dryRun, prune, confirm, action }: CarryOutOptions,
): Promise<PlanItem[]> {
  if (dryRun) {
    return inTransaction(context.pool, async (tx) => {
      const planned = await planAll(context, tx, desired, { prune, lock: false });
      await noteMoved(tx, planned);
      return planned.map(({ item }) => item);
    });
  }
  return changing(context, async (change) => {
    await change.tx.query(LOCK);
    const planned = await planAll(context, change.tx, desired, { prune, lock: true });
    const moved = await noteMoved(change.tx, planned);
    if (moved.length > 0 && confirm !== 'identity') throw wouldMove(moved);
    const items: PlanItem[] = [];
    for (const { item, carryOut: work } of deletionsFirst(planned)) {
      const { notes = [], ...more } = (await work?.(change)) ?? {};
      items.push({ ...item, ...more, notes: [...item.notes, ...notes] });
    }
    const changed = items.filter((item) => item.action !== 'unchanged');
    if (changed.length > 0) {
      const after = {
        changed: changed.map(({ kind, action: done, id, name }) => ({ kind, action: done, id, name })),
        ...(moved.length > 0 ? { movedIncidents: moved.map(({ id }) => id) } : {}),
      };
      await change.audit({ action, entity: 'configuration', entityId: 'global', after });
    }
    return items;
  }).catch(atTheSameMoment);
}

/** Whoever makes the same key or tenant between the plan and the write wins; ours is undone as a whole. */
function atTheSameMoment(error: unknown): never {
  if ((error as { code?: unknown } | null)?.code !== '23505') throw error;
  throw conflict('Someone made one of these things at the same moment. Nothing was changed; try again.');
}

/** Open incidents that the plan would give another identity; each endpoint's are noted with it. */
async function noteMoved(db: Queryable, planned: readonly PlannedItem[]): Promise<MovedIncident[]> {
  const all: MovedIncident[] = [];
  for (const { item, findMoved } of planned) {
    const moved = (await findMoved?.(db)) ?? [];
    if (moved.length > 0) item.notes.push(`${nameMoved(moved)} It is done only with confirm=identity.`);
    all.push(...moved);
  }
  return all;
}

async function planAll(
  context: VerbContext,
  tx: Change['tx'],
  desired: Desired,
  options: { prune: boolean; lock: boolean },
): Promise<PlannedItem[]> {
  const faults: FieldFault[] = [];
  const gather = (error: unknown): PlannedItem[] => {
    if (!(error instanceof VerbError) || error.code !== 'invalid') throw error;
    faults.push(...error.faults);
    return [];
  };
  const { settings, endpoints, windows, tenants } = desired;
  const planned = [
    ...(settings === null ? [] : [await planSettings(context, tx, settings)]),
    ...(endpoints === null ? [] : await planEndpoints(context, tx, endpoints, options).catch(gather)),
    ...(windows === null ? [] : await planWindows(context, tx, windows, options).catch(gather)),
    ...(tenants === null ? [] : await planTenants(tx, tenants, options).catch(gather)),
  ];
  if (faults.length > 0) throw invalid(faults);
  return planned;
}

/** What is deleted makes room for what is made: names and tenants are one each. */
function deletionsFirst(planned: readonly PlannedItem[]): PlannedItem[] {
  const isDeletion = ({ item }: PlannedItem) => item.action === 'delete';
  return [...planned.filter(isDeletion), ...planned.filter((entry) => !isDeletion(entry))];
}
