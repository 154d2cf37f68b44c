import type { Plan } from '../contracts/plan.ts';

/** What an incident's last webhook would be about from now on; null: its alert is not there any more. */
export interface Move {
  incidentKey: string;
  becomes: { summary: string; customer: string | null } | null;
}

/**
 * Which of these incidents would get another identity: planned as before a webhook speaks of the incident, planned anew it
 * does not. `before` and `after` are plans of one webhook.
 */
export function movesBetween(before: Plan, after: Plan, incidentKeys: readonly string[]): Move[] {
  const kept = new Set(after.alerts.map(({ incidentKey }) => incidentKey));
  return incidentKeys.flatMap((incidentKey) => {
    const told = before.alerts.find((alert) => alert.incidentKey === incidentKey);
    if (told === undefined || kept.has(incidentKey)) return [];
    const instead = after.alerts[told.n];
    return [{ incidentKey, becomes: instead ? { summary: instead.ticket.summary, customer: instead.customer } : null }];
  });
}
