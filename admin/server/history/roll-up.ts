import type { AlertView, WebhookView } from './schemas.ts';

/** The status that people see: one failed alert makes it failed, else the least finished one tells. */
export function rollUpStatus(state: 'received' | 'planned' | 'failed', alerts: readonly Pick<AlertView, 'state'>[]): WebhookView['status'] {
  const has = (wanted: AlertView['state']) => alerts.some((alert) => alert.state === wanted);
  if (state === 'failed' || has('failed')) return 'failed';
  if (state === 'received') return 'received';
  if (has('open')) return 'dispatched';
  if (has('held')) return 'held';
  return has('processed') ? 'processed' : 'skipped';
}

const WEIGHT = { create: 0, reopen: 1, close: 2, update: 3, none: 4 } as const satisfies Record<AlertView['action'], number>;

/** The weightiest action among the alerts. */
export function rollUpAction(alerts: readonly Pick<AlertView, 'action'>[]): AlertView['action'] {
  return alerts.map(({ action }) => action).sort((a, b) => WEIGHT[a] - WEIGHT[b])[0] ?? 'none';
}
