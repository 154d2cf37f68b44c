import type { Json } from '../contracts/json.ts';
import type { PlanTrace } from '../contracts/plan-trace.ts';
import type { Plan } from '../contracts/plan.ts';
import type { CompiledEndpoint, PathMatch } from './compiled-endpoint.ts';
import type { Digest } from './incident-key.ts';
import { maskedPaths } from './masked-paths.ts';
import { planAlert } from './plan-alert.ts';
import { beginAlertTrace } from './plan-trace.ts';
import { limitPassed, limitWarnings } from './plan-limits.ts';
import { beginReading, createSubject, TEXTS_PER_PLAN } from './subject.ts';
import type { Reading } from './subject.ts';
import { findSuppression } from './suppression.ts';
import type { GlobalMaintenance } from './suppression.ts';
import type { TenantMapping } from './tenant-map.ts';

/** All that a plan depends on. */
export interface PlanInput {
  requestId: string;
  /** ISO instant, the clock of the plan. */
  receivedAt: string;
  body: Json;
  endpoint: { id: string; version: number; compiled: CompiledEndpoint };
  environment: { ticketPrefix: string; defaultCompanyId: string | null };
  maintenance: GlobalMaintenance;
  tenants: readonly TenantMapping[];
  digest: Digest;
  /** Names of keys masked besides the built-in ones. */
  secretWords?: readonly string[];
  /** Filled with how the plan came about; the plan is the same without it. */
  trace?: PlanTrace;
}

/** The most alerts one webhook may be split into. */
export const SPLIT_LIMIT = 5_000;

const EXPLAINED_ALERTS = 20;
const SHOWN_SECRETS = 200;
const MOST_WARNINGS = 100;

/**
 * What a webhook means under one configuration version: a list of alerts, each with its incident and its ticket. Pure: the
 * same input gives the same plan, in live traffic, dry run and backtest. Never throws. A webhook too large to be decided on
 * rightly has a `failure` and no alerts; one whose words alone are too many is told shortly, with a warning.
 */
export function planWebhook(input: PlanInput): Plan {
  const { compiled } = input.endpoint;
  const warnings = [...compiled.faults, ...compiled.doubts].map((fault) => `${fault.path}: ${fault.message}`);
  const plan: Plan = { configVersion: input.endpoint.version, alerts: [], steps: [], warnings, failure: null };
  const reading = beginReading(input.body, input.secretWords);
  const whole = [{ value: reading.body, names: [] }];
  const items = splitBody(compiled, reading, plan) ?? whole;
  if (items.length > SPLIT_LIMIT) {
    plan.failure = `${compiled.config.ticketing.splitPath ?? ''} finds more than ${SPLIT_LIMIT} alerts in this webhook.`;
    return plan;
  }
  const { trace } = input;
  if (trace) {
    trace.masked = maskedPaths(input.body, input.secretWords, SHOWN_SECRETS);
    trace.split = compiled.split && { path: compiled.split.text, found: items === whole ? 0 : items.length };
  }
  if (items.length > 1) reading.allowance.texts = TEXTS_PER_PLAN;
  const at = Date.parse(input.receivedAt);
  const suppression = findSuppression(at, compiled.windows, input.maintenance, trace?.windows);
  for (const [n, item] of items.entries()) {
    const steps: string[] | null = n < EXPLAINED_ALERTS ? [] : null;
    const told = trace && n < EXPLAINED_ALERTS ? beginAlertTrace(n) : undefined;
    if (told) trace?.alerts.push(told);
    const subject = createSubject(item, reading);
    plan.alerts.push(planAlert({ n, subject, input, suppression, steps, warnings, trace: told }));
    if (steps !== null) plan.steps.push(...(items.length > 1 ? steps.map((step) => `Alert ${n + 1}: ${step}`) : steps));
    plan.failure = limitPassed(reading, { n, items: items.length, rules: compiled.rules.length });
    if (plan.failure !== null) break;
  }
  if (plan.failure === null) warnings.push(...limitWarnings(reading));
  else {
    plan.alerts = [];
    if (trace) trace.alerts = [];
  }
  plan.warnings = oneEach(warnings);
  return plan;
}

function oneEach(warnings: readonly string[]): string[] {
  const different = [...new Set(warnings)];
  const more = different.length - MOST_WARNINGS;
  return more > 0 ? [...different.slice(0, MOST_WARNINGS), `… and ${more} more warnings.`] : different;
}

/** The items of a split body; null where it is planned whole. */
function splitBody(compiled: CompiledEndpoint, reading: Reading, plan: Plan): PathMatch[] | null {
  if (compiled.split === null) return null;
  const items = compiled.split.all({ item: reading.body, body: reading.body }, reading.budget, SPLIT_LIMIT + 1);
  if (items.length === 0) {
    plan.warnings.push(`splitPath ${compiled.split.text} finds nothing; the whole body is planned as one alert.`);
    return null;
  }
  plan.steps.push(`Split by ${compiled.split.text} into ${items.length} ${items.length === 1 ? 'alert' : 'alerts'}.`);
  return items;
}
