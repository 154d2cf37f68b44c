import { inTransaction } from '../../../infra/database/pool.ts';
import { invalid, VerbError, type FieldFault } from '../errors.ts';
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

/**
 * Plans what `desired` changes and, unless `dryRun`, does it: everything in one transaction with its audit rows, or nothing.
 * Throws `invalid` with every fault at its place before anything is written.
 */
export async function carryOut(
  context: VerbContext,
  desired: Desired,
  { dryRun, prune, action }: { dryRun: boolean; prune: boolean; action: 'apply' | 'import' },
): Promise<PlanItem[]> {
  if (dryRun) {
    return inTransaction(context.pool, async (tx) =>
      (await planAll(context, tx, desired, { prune, lock: false })).map(({ item }) => item),
    );
  }
  return changing(context, async (change) => {
    await change.tx.query(LOCK);
    const planned = await planAll(context, change.tx, desired, { prune, lock: true });
    const items: PlanItem[] = [];
    for (const { item, carryOut: work } of deletionsFirst(planned)) items.push({ ...item, ...(await work?.(change)) });
    const changed = items.filter((item) => item.action !== 'unchanged');
    if (changed.length > 0) {
      const after = changed.map(({ kind, action: done, id, name }) => ({ kind, action: done, id, name }));
      await change.audit({ action, entity: 'configuration', entityId: 'global', after });
    }
    return items;
  });
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
