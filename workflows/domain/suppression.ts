import type { MaintenancePolicy, MaintenanceWindow } from '../contracts/endpoint-config.ts';
import type { CompiledWindow } from './maintenance.ts';
import { compileWindow } from './maintenance.ts';

/** What holds for every endpoint: the maintenance mode and the global windows. */
export interface GlobalMaintenance {
  globalMode: boolean;
  globalPolicy: MaintenancePolicy;
  windows: readonly MaintenanceWindow[];
}

/** Why alerts are kept from their incidents at an instant. */
export interface Suppression {
  policy: MaintenancePolicy;
  reason: 'maintenance' | 'window';
  explanation: string;
}

const compiledGlobals = new WeakMap<readonly MaintenanceWindow[], readonly CompiledWindow[]>();

/**
 * What suppresses alerts of an endpoint at an instant, or null. The same answer frees held alerts: null means the window
 * ended, was edited or deleted. Where several hold at once, one that holds alerts wins over one that skips them.
 */
export function findSuppression(
  atMs: number,
  endpointWindows: readonly CompiledWindow[],
  global: GlobalMaintenance,
): Suppression | null {
  let found: Suppression | null = null;
  for (const each of suppressionsAt(atMs, endpointWindows, global)) {
    if (each.policy === 'hold') return each;
    found ??= each;
  }
  return found;
}

function* suppressionsAt(
  atMs: number,
  endpointWindows: readonly CompiledWindow[],
  global: GlobalMaintenance,
): Iterable<Suppression> {
  if (global.globalMode)
    yield {
      policy: global.globalPolicy,
      reason: 'maintenance',
      explanation: `${verbOf(global.globalPolicy)}: global maintenance mode is on.`,
    };
  for (const window of endpointWindows) {
    if (window.isActive(atMs))
      yield {
        policy: window.policy,
        reason: 'window',
        explanation: `${verbOf(window.policy)}: maintenance by the endpoint's ${window.text}.`,
      };
  }
  for (const window of globalWindows(global.windows)) {
    if (window.isActive(atMs))
      yield {
        policy: window.policy,
        reason: 'window',
        explanation: `${verbOf(window.policy)}: maintenance by the global ${window.text}.`,
      };
  }
}

function globalWindows(windows: readonly MaintenanceWindow[]): readonly CompiledWindow[] {
  const known = compiledGlobals.get(windows);
  if (known !== undefined) return known;
  const compiled = windows.flatMap((window) => {
    const result = compileWindow(window);
    return result.ok ? [result.window] : [];
  });
  compiledGlobals.set(windows, compiled);
  return compiled;
}

function verbOf(policy: MaintenancePolicy): string {
  return policy === 'hold' ? 'Held' : 'Skipped';
}
