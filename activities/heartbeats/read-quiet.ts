import { configVersion, loadMaintenanceWindows, loadSettings } from '../../infra/database/config-store.ts';
import type { Queryable } from '../../infra/database/pool.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import { compileWindow } from '../../workflows/domain/maintenance.ts';
import { quietUntil } from '../../workflows/domain/staleness-quiet.ts';
import { findSuppression, type GlobalMaintenance } from '../../workflows/domain/suppression.ts';

/** Whether an endpoint is in maintenance, and when that ends; kept until the configuration changes. */
export interface QuietTimes {
  /** As the configuration is now. */
  read(db: Queryable): Promise<(endpoint: EndpointConfig) => Quiet>;
}

export interface Quiet {
  /** The end of the maintenance that is on at an instant, null when none is. */
  until(atMs: number): number | null;
  explain(atMs: number): string | null;
}

export function createQuietTimes(): QuietTimes {
  let kept: { version: number; global: GlobalMaintenance } | null = null;
  return {
    async read(db) {
      const version = await configVersion(db);
      if (kept?.version !== version) kept = { version, global: await loadGlobal(db) };
      const { global } = kept;
      return (endpoint) => quietOf(endpoint, global);
    },
  };
}

function quietOf({ maintenance }: EndpointConfig, global: GlobalMaintenance): Quiet {
  const windows = maintenance.flatMap((window) => {
    const compiled = compileWindow(window);
    return compiled.ok ? [compiled.window] : [];
  });
  return {
    until: (atMs) => quietUntil(atMs, (ms) => findSuppression(ms, windows, global) !== null),
    explain: (atMs) => findSuppression(atMs, windows, global)?.explanation ?? null,
  };
}

async function loadGlobal(db: Queryable): Promise<GlobalMaintenance> {
  const settings = await loadSettings(db);
  const windows = await loadMaintenanceWindows(db);
  return {
    globalMode: settings.maintenanceMode,
    globalPolicy: settings.maintenancePolicy,
    windows: windows.map(({ window }) => window),
  };
}
