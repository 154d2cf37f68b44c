import type { PlanSender, SkipReason } from '../contracts/plan.ts';
import type { AlertRow, EventRow } from './ledger-rows.ts';

/** Who or what decided: `words` name the webhook, rule, window, timer, answer or person. */
export interface LedgerCause {
  by: 'webhook' | 'rule' | 'window' | 'timer' | 'ticket-system' | 'person' | 'model' | 'hookwise';
  words: string;
}

const ANSWERS = new Set([
  'blocked',
  'trouble',
  'waiting',
  'no-answer',
  'uncertain',
  'closed-by-person',
  'merged',
  'gone',
  'converged',
  'left-open',
]);

/** Why a line of the timeline was written, from its kind and its facts. */
export function causeOfEvent({ kind, text, data, sender }: EventRow): LedgerCause {
  const by = textOf(data['by']);
  if (by !== null) return { by: 'person', words: by };
  if (kind === 'given-up' || kind === 'abandoned') return { by: 'person', words: 'the workflow was cancelled' };
  if (ANSWERS.has(kind)) return { by: 'ticket-system', words: text };
  if (kind.startsWith('analysis')) return { by: 'model', words: textOf(data['model']) ?? 'the language model' };
  const timer = textOf(data['timer']);
  const seconds = Number(data['seconds'] ?? 0);
  if (timer !== null && seconds > 0) return { by: 'timer', words: `${TIMERS[timer] ?? timer} of ${seconds} s` };
  if (sender) return causeOfSender(sender);
  const webhook = textOf(data['webhookId']);
  if (webhook !== null) return { by: 'webhook', words: `webhook ${webhook}` };
  return BY_KIND[kind] ?? { by: 'hookwise', words: 'the state of the incident' };
}

const TIMERS: Record<string, string> = { noteInterval: 'the note interval', closeDelay: 'the close delay' };

const BY_KIND: Record<string, LedgerCause> = {
  'ticket-created': { by: 'webhook', words: 'the first alert that is not told' },
  'ticket-adopted': { by: 'ticket-system', words: 'an open ticket with the same summary' },
  'ticket-reopened': { by: 'timer', words: 'the reopen window' },
  note: { by: 'webhook', words: 'the alerts that it tells' },
  resolution: { by: 'webhook', words: 'the recovery that it tells' },
  closed: { by: 'webhook', words: 'the recovery' },
};

const BY_REASON = {
  maintenance: 'window',
  window: 'window',
  trigger: 'rule',
  dropped: 'rule',
  'ticketing-off': 'rule',
  draft: 'rule',
  disabled: 'rule',
} as const satisfies Record<SkipReason, LedgerCause['by']>;

function causeOfSender({ kind, webhookId }: PlanSender): LedgerCause {
  if (kind === 'outage') return { by: 'ticket-system', words: 'the ticket system was away' };
  if (kind === 'heartbeat') return { by: 'timer', words: 'the heartbeat: the endpoint is silent' };
  return {
    by: 'webhook',
    words: `${webhookId === null ? 'a webhook that is not kept any more' : `webhook ${webhookId}`}, which ended the silence`,
  };
}

/** Why an alert stands as it does: what spoke, the window or the words of its plan, its rules, else its webhook. */
export function alertCause(row: AlertRow): LedgerCause {
  const { plan } = row;
  const version = plan?.configVersion ? `, rules of version ${plan.configVersion}` : '';
  if (plan?.sender) {
    const cause = causeOfSender(plan.sender);
    return { ...cause, words: `${cause.words}${version}` };
  }
  if (plan?.explanation && plan.reason) return { by: BY_REASON[plan.reason], words: `${plan.explanation}${version}` };
  const trigger = plan?.trigger ? `, trigger “${plan.trigger}”` : '';
  const rules = (plan?.rules ?? []).map(
    ({ index, path, pattern, value }) => `rule ${index + 1} (${path} matches ${pattern}: “${value}”)`,
  );
  const company = plan?.company && plan.company !== 'none' ? `, company by ${plan.company}` : '';
  const words = `webhook ${row.webhookId}${trigger}${rules.length > 0 ? `, ${rules.join(', ')}` : ''}${company}${version}`;
  return { by: rules.length > 0 ? 'rule' : 'webhook', words };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
