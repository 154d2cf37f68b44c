import type { HistoryAction, HistoryStatus } from './filter.ts';

/** That a planned webhook, named by `id`, has a status: its alerts rolled up (design §2). `received` has no alerts. */
export function hasStatus(id: string, status: Exclude<HistoryStatus, 'received'>): string {
  const some = (...states: string[]) =>
    `exists (select from alert s where s.webhook_id = ${id} and s.state in (${states.map((state) => `'${state}'`).join(', ')}))`;
  switch (status) {
    case 'failed':
      return some('failed');
    case 'dispatched':
      return `${some('open')} and not ${some('failed')}`;
    case 'held':
      return `${some('held')} and not ${some('failed', 'open')}`;
    case 'processed':
      return `${some('processed')} and not ${some('failed', 'open', 'held')}`;
    case 'skipped':
      return `not ${some('failed', 'open', 'held', 'processed')}`;
    default:
      return status satisfies never;
  }
}

/** That one of a webhook's alerts did this to a ticket; `none`: that none did anything. */
export function hasAction(id: string, action: HistoryAction): string {
  return action === 'none'
    ? `not exists (select from alert s where s.webhook_id = ${id} and s.action <> 'none')`
    : `exists (select from alert s where s.webhook_id = ${id} and s.action = '${action}')`;
}

/** The state of the alerts that a webhook of this status has at least one of. */
export const STATE_OF = {
  dispatched: 'open',
  held: 'held',
  processed: 'processed',
  skipped: 'skipped',
  failed: 'failed',
} as const;
