import type { MaintenancePolicy, MaintenanceWindow } from '../contracts/endpoint-config.ts';
import type { WindowTrace } from '../contracts/plan-trace.ts';
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
  trace?: WindowTrace[],
): Suppression | null {
  let found: Candidate | null = null;
  for (const each of candidates(endpointWindows, global)) {
    const isActive = each.window.isActive(atMs);
    const { scope, window } = each;
    trace?.push({ scope, text: window.text, policy: window.policy, isActive, decides: false });
    if (!isActive) continue;
    if (found === null || (each.window.policy === 'hold' && found.window.policy !== 'hold'))
      found = { ...each, at: (trace?.length ?? 0) - 1 };
    if (trace === undefined && found.window.policy === 'hold') break;
  }
  if (found === null) return null;
  const decisive = trace?.[found.at];
  if (decisive) decisive.decides = true;
  return suppressionBy(found);
}

interface Candidate {
  scope: WindowTrace['scope'];
  window: CompiledWindow;
  /** Its place in the trace. */
  at: number;
}

function* candidates(
  endpointWindows: readonly CompiledWindow[],
  global: GlobalMaintenance,
): Iterable<Omit<Candidate, 'at'>> {
  if (global.globalMode)
    yield {
      scope: 'maintenance-mode',
      window: { policy: global.globalPolicy, text: 'global maintenance mode', span: null, isActive: () => true },
    };
  for (const window of endpointWindows) yield { scope: 'endpoint', window };
  for (const window of globalWindows(global.windows)) yield { scope: 'global', window };
}

function suppressionBy({ scope, window: { policy, text } }: Candidate): Suppression {
  const verb = policy === 'hold' ? 'Held' : 'Skipped';
  if (scope === 'maintenance-mode') return { policy, reason: 'maintenance', explanation: `${verb}: ${text} is on.` };
  const whose = scope === 'endpoint' ? "the endpoint's" : 'the global';
  return { policy, reason: 'window', explanation: `${verb}: maintenance by ${whose} ${text}.` };
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
