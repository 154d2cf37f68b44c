import { expect } from 'vitest';
import type { Plan, PlannedAlert } from '../../workflows/contracts/plan.ts';
import type { CorpusCase, ExpectedAlert } from './corpus-case.ts';

/** Holds a plan against what a case expects of it; `how` names the way it was made. */
export function checkPlan(plan: Plan, { name, alerts }: CorpusCase, how: string): void {
  const where = `${name} (${how})`;
  expect(plan.failure, where).toBeNull();
  expect(plan.alerts.length, `${where}: alerts`).toBe(alerts.length);
  alerts.forEach((expected, n) => {
    const alert = plan.alerts[n];
    if (alert === undefined) throw new Error(`${where}: alert ${n} is missing`);
    expect(told(alert, expected), where).toEqual(given(expected));
    for (const text of expected.tells ?? []) expect(alert.ticket.description, where).toContain(text);
    for (const text of expected.hides ?? [])
      expect(JSON.stringify({ ...plan, alerts: [alert] }), where).not.toContain(text);
    plan.alerts.slice(0, n).forEach((earlier, index) => {
      const isSame = earlier.incidentKey === alert.incidentKey;
      expect(isSame, `${where}: alerts ${index} and ${n} share an incident`).toBe(expected.sharesWith === index);
    });
  });
}

type Facts = Record<string, unknown>;

function given(expected: ExpectedAlert): Facts {
  const { tells: _, hides: __, sharesWith: ___, ...facts } = expected;
  return facts;
}

function told(alert: PlannedAlert, expected: ExpectedAlert): Facts {
  const all: Facts = {
    kind: alert.kind,
    goes: alert.disposition,
    reason: alert.reason,
    trigger: alert.triggerValue,
    name: alert.name,
    message: alert.message,
    company: [alert.ticket.companyId, alert.companySource],
    customer: alert.customer,
    rules: alert.matchedRules.map(({ index }) => index),
    mapped: Object.fromEntries(Object.entries(alert.mapped).map(([field, { value }]) => [field, value])),
    ticket: pick({ ...alert.ticket }, Object.keys(expected.ticket ?? {})),
  };
  return pick(all, Object.keys(given(expected)));
}

function pick(from: Facts, names: readonly string[]): Facts {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
