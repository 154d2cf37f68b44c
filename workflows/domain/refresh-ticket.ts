import type { TicketingConfig } from '../contracts/endpoint-config.ts';
import type { CompanySource, TicketDraft } from '../contracts/plan.ts';

const FIELDS = ['board', 'status', 'closeStatus', 'type', 'subtype', 'item', 'priority', 'severity', 'impact'] as const;

/**
 * A planned ticket under a newer configuration of its endpoint: what the plan took from the endpoint's own settings follows
 * them, what mapping and rules chose stays. So a ticket refused for its board is made once the endpoint names a good one.
 */
export function refreshTicket(
  planned: TicketDraft,
  companySource: CompanySource,
  before: TicketingConfig,
  now: TicketingConfig,
): TicketDraft {
  const refreshed = { ...planned };
  for (const field of FIELDS) if (planned[field] === before[field]) refreshed[field] = now[field];
  const isFromSettings = companySource === 'endpoint' || companySource === 'environment' || companySource === 'none';
  if (isFromSettings && before.companyId !== now.companyId) refreshed.companyId = now.companyId;
  return refreshed;
}
