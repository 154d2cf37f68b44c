import type { GlobalMaintenance } from '../../workflows/domain/suppression.ts';
import type { TenantMapping } from '../../workflows/domain/tenant-map.ts';
import { loadMaintenanceWindows, loadSettings, loadTenantMappings } from './config-store.ts';
import type { Queryable } from './pool.ts';

/** What every plan depends on besides its endpoint, as one transaction sees it. */
export interface PlanningGlobals {
  maintenance: GlobalMaintenance;
  tenants: readonly TenantMapping[];
  /** Names of keys masked besides the built-in ones: the setting `maskingWords`. */
  secretWords: readonly string[];
}

/** The global part of planning, the same for live traffic, dry run and backtest. */
export async function loadPlanningGlobals(db: Queryable): Promise<PlanningGlobals> {
  const settings = await loadSettings(db);
  const windows = await loadMaintenanceWindows(db);
  return {
    maintenance: {
      globalMode: settings.maintenanceMode,
      globalPolicy: settings.maintenancePolicy,
      windows: windows.map(({ window }) => window),
    },
    tenants: await loadTenantMappings(db),
    secretWords: settings.maskingWords,
  };
}
