import type { Json } from '../workflows/contracts/json.ts';
import type { Plan } from '../workflows/contracts/plan.ts';
import { planWebhook, type PlanInput } from '../workflows/domain/plan.ts';
import { incidentDigest } from './crypto/incident-digest.ts';
import type { PlanningGlobals } from './database/planning-globals.ts';

/** What one process plans with: the configuration that all endpoints share, and its environment. */
export interface PlanningGround {
  globals: PlanningGlobals;
  environment: PlanInput['environment'];
}

/** Plans a webhook as live traffic is planned: every caller hands the rules the same things. Never throws. */
export function planWith(
  { globals, environment }: PlanningGround,
  endpoint: PlanInput['endpoint'],
  webhook: { requestId: string; receivedAt: string; body: Json },
  trace?: NonNullable<PlanInput['trace']>,
): Plan {
  const { maintenance, tenants, secretWords } = globals;
  const input = { ...webhook, endpoint, environment, maintenance, tenants, secretWords, digest: incidentDigest };
  return planWebhook(trace ? { ...input, trace } : input);
}
