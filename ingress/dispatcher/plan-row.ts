import type { Cipher } from '../../infra/crypto/cipher.ts';
import { parseJson } from '../../infra/json.ts';
import { planWith } from '../../infra/plan-with.ts';
import type { Json } from '../../workflows/contracts/json.ts';
import type { Plan } from '../../workflows/contracts/plan.ts';
import { foundText } from '../../workflows/domain/found-text.ts';
import { printJson } from '../../workflows/domain/json-text.ts';
import type { PlanInput } from '../../workflows/domain/plan.ts';
import { maskJson } from '../../workflows/domain/redaction.ts';
import { searchText } from '../../workflows/domain/search-text.ts';
import type { KnownEndpoint, PlanningConfig } from './config-cache.ts';
import type { InboxRow } from './inbox-row.ts';
import type { TextRow } from '../../infra/database/write-alerts.ts';

/** What planning made of one webhook. With a `failure` there are no alerts; without a readable body there is no text. */
export interface PlannedRow {
  row: InboxRow;
  plan: Plan;
  text: TextRow | null;
}

export interface RowPlanning {
  cipher: Cipher;
  environment: PlanInput['environment'];
}

/** Plans one webhook under `endpoint`. Never throws: what goes wrong is the plan's `failure`. */
export function planRow(
  planning: RowPlanning,
  row: InboxRow,
  endpoint: KnownEndpoint,
  config: PlanningConfig,
): PlannedRow {
  const body = openBody(planning.cipher, row);
  if (!body.ok) return { row, plan: failedPlan(endpoint.version, body.failure), text: null };
  const plan = planBody(planning, row, endpoint, config, body.value);
  const masked = maskJson(body.value, config.secretWords);
  return {
    row,
    plan,
    text: {
      id: row.id,
      body: printJson(masked),
      search: foundText(searchText(masked), plan),
      plan: JSON.stringify(plan),
    },
  };
}

/** A plan that says only why there is none. */
export function failedPlan(configVersion: number, failure: string): Plan {
  return { configVersion, alerts: [], steps: [], warnings: [], failure };
}

function planBody(
  planning: RowPlanning,
  row: InboxRow,
  endpoint: KnownEndpoint,
  config: PlanningConfig,
  body: Json,
): Plan {
  try {
    const ground = { globals: config, environment: planning.environment };
    return planWith(ground, endpoint, { requestId: row.id, receivedAt: row.receivedAt.toISOString(), body });
  } catch (error) {
    return failedPlan(endpoint.version, `Planning failed: ${wordsOf(error)}`);
  }
}

function openBody(cipher: Cipher, row: InboxRow): { ok: true; value: Json } | { ok: false; failure: string } {
  try {
    const parsed = parseJson(cipher.decrypt(row.raw, `${row.id}:${row.endpointId}`));
    return parsed.ok ? parsed : { ok: false, failure: parsed.message };
  } catch (error) {
    return { ok: false, failure: wordsOf(error) };
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
