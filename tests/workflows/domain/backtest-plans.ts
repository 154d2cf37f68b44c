import type { AlertKind, Plan, PlannedAlert } from '../../../workflows/contracts/plan.ts';
import type { PlannedWebhook } from '../../../workflows/domain/backtest-run.ts';
import { anAlert } from './a-plan.ts';

const NO_TIMING = { noteIntervalSeconds: 30, closeDelaySeconds: 0, reopenWindowSeconds: 0 };
let seq = 0;

/** A planned alert of an incident named by a letter, with what a test changes. */
export function aPlannedAlert(kind: AlertKind, name = 'A', changes: Partial<PlannedAlert> = {}): PlannedAlert {
  const made = anAlert({ heartbeat: { status: kind === 'close' ? 1 : 0 }, monitor: { name }, msg: `${name} ${kind}` });
  return { ...made, kind, ...changes };
}

/** A webhook planned to these alerts, received `second` seconds after a fixed Monday noon. */
export function aPlannedWebhook(
  second: number,
  alerts: readonly PlannedAlert[],
  changes: { timing?: Partial<PlannedWebhook['timing']>; heldUntil?: number } = {},
): PlannedWebhook {
  seq += 1;
  const plan: Plan = {
    configVersion: 1,
    alerts: alerts.map((alert, n) => ({ ...alert, n })),
    steps: [],
    warnings: [],
    failure: null,
  };
  return {
    id: `00000000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    endpointId: '11111111-1111-4111-8111-111111111111',
    seq,
    receivedAt: instant(second),
    plan,
    timing: { ...NO_TIMING, ...changes.timing },
    heldUntilMs: changes.heldUntil === undefined ? null : Date.parse(instant(changes.heldUntil)),
  };
}

export function instant(second: number): string {
  return new Date(Date.parse('2026-03-02T12:00:00.000Z') + second * 1_000).toISOString();
}
