import { compileEndpoint } from '../../../infra/compile-endpoint.ts';
import type { Cipher } from '../../../infra/crypto/cipher.ts';
import { openRaw } from '../../../infra/crypto/webhook-raw.ts';
import { loadEndpointVersion } from '../../../infra/database/config-store.ts';
import type { Queryable } from '../../../infra/database/pool.ts';
import { parseJson } from '../../../infra/json.ts';
import { planWith, type PlanningGround } from '../../../infra/plan-with.ts';
import type { EndpointConfig } from '../../../workflows/contracts/endpoint-config.ts';
import type { Plan } from '../../../workflows/contracts/plan.ts';
import type { PlannedWebhook } from '../../../workflows/domain/backtest-run.ts';
import type { CompiledEndpoint } from '../../../workflows/domain/compiled-endpoint.ts';
import { endOfSuppression } from '../../../workflows/domain/suppression-end.ts';
import type { GlobalMaintenance } from '../../../workflows/domain/suppression.ts';
import type { RecordedWebhook } from './recorded.ts';

/** What both sides of a backtest plan with, besides the endpoint. */
export interface Planning {
  cipher: Cipher;
  ground: PlanningGround;
}

/** A recorded webhook as it was planned and as the draft plans it. */
export interface BothSides {
  before: PlannedWebhook;
  after: PlannedWebhook;
}

interface Known {
  version: number;
  compiled: CompiledEndpoint;
}

/** Plans recorded webhooks with a draft, by the code of live traffic, and sets them beside the recorded plans. */
export function createSides(
  db: Queryable,
  planning: Planning,
  draft: { id: string; version: number; config: EndpointConfig },
) {
  const now: Known = { version: draft.version, compiled: compileEndpoint(draft.config) };
  const versions = new Map<number, Known>([]);
  const ends = { before: rememberEnd(), after: rememberEnd() };

  const versionOf = async (version: number): Promise<Known> => {
    const known = versions.get(version);
    if (known !== undefined) return known;
    const config = await loadEndpointVersion(db, draft.id, version);
    const made = config === null ? now : { version, compiled: compileEndpoint(config) };
    versions.set(version, made);
    return made;
  };

  return {
    /** What the draft's expressions warn of. */
    doubts: now.compiled.doubts,
    /** Null where the kept bytes do not open any more. Never throws for what a sender sent. */
    async of(row: RecordedWebhook): Promise<BothSides | null> {
      const bytes = openBytes(planning.cipher, row);
      if (bytes === null) return null;
      const recorded = row.plan ?? failedPlan(0, row.failure ?? 'The webhook was not planned.');
      const then = recorded.configVersion === 0 ? now : await versionOf(recorded.configVersion);
      const maintenance = maintenanceThen(planning.ground.globals.maintenance, recorded);
      return {
        before: plannedOf(row, recorded, then, maintenance, ends.before),
        after: plannedOf(row, replan(planning, row, bytes, now, maintenance), now, maintenance, ends.after),
      };
    },
  };
}

function replan(
  planning: Planning,
  row: RecordedWebhook,
  bytes: Buffer,
  { version, compiled }: Known,
  maintenance: GlobalMaintenance,
): Plan {
  const parsed = parseJson(bytes);
  if (!parsed.ok) return failedPlan(version, parsed.message);
  const ground = { ...planning.ground, globals: { ...planning.ground.globals, maintenance } };
  const webhook = { requestId: row.id, receivedAt: row.receivedAt.toISOString(), body: parsed.value };
  return planWith(ground, { id: row.endpointId, version, compiled }, webhook);
}

function plannedOf(
  row: RecordedWebhook,
  plan: Plan,
  { compiled }: Known,
  maintenance: GlobalMaintenance,
  endOf: ReturnType<typeof rememberEnd>,
): PlannedWebhook {
  const isHeld = plan.alerts.some(({ disposition }) => disposition === 'hold');
  return {
    id: row.id,
    endpointId: row.endpointId,
    seq: row.seq,
    receivedAt: row.receivedAt.toISOString(),
    plan,
    timing: compiled.config.ticketing,
    heldUntilMs: isHeld ? endOf(row.receivedAt.getTime(), compiled, maintenance) : null,
  };
}

/** The global mode is a switch of the moment: it counts as on for a webhook exactly where the plan of that time says so. */
function maintenanceThen(today: GlobalMaintenance, recorded: Plan): GlobalMaintenance {
  const kept = recorded.alerts.find(({ reason }) => reason === 'maintenance');
  if (kept === undefined) return today.globalMode ? { ...today, globalMode: false } : today;
  return { ...today, globalMode: true, globalPolicy: kept.disposition === 'hold' ? 'hold' : 'skip' };
}

/** A stretch of windows is measured once. What the global mode held is free with the next webhook that it does not hold. */
function rememberEnd(): (atMs: number, compiled: CompiledEndpoint, maintenance: GlobalMaintenance) => number {
  let known: { compiled: CompiledEndpoint; from: number; until: number } | null = null;
  return (atMs, compiled, maintenance) => {
    if (maintenance.globalMode) return atMs;
    if (known !== null && known.compiled === compiled && known.from <= atMs && atMs < known.until) return known.until;
    const until = endOfSuppression(atMs, compiled.windows, maintenance) ?? atMs;
    known = { compiled, from: atMs, until };
    return until;
  };
}

function openBytes(cipher: Cipher, row: RecordedWebhook): Buffer | null {
  try {
    return openRaw(cipher, row, row.raw);
  } catch {
    return null;
  }
}

function failedPlan(configVersion: number, failure: string): Plan {
  return { configVersion, alerts: [], steps: [], warnings: [], failure };
}
