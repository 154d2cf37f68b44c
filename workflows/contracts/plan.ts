import type { MappedField } from './endpoint-config.ts';

/** What a webhook says of an incident. */
export type AlertKind = 'open' | 'close' | 'other';

/** Why an alert goes to no incident at once. `draft`, `disabled` and `ticketing-off` plan only. */
export type SkipReason = 'trigger' | 'dropped' | 'maintenance' | 'window' | 'ticketing-off' | 'draft' | 'disabled';

/** The fields of a ticket as planned from one alert; `null` leaves the choice to the ticket system's default. */
export interface TicketDraft {
  /** At most 99 code points. */
  summary: string;
  description: string;
  companyId: string | null;
  board: string | null;
  status: string | null;
  closeStatus: string | null;
  type: string | null;
  subtype: string | null;
  item: string | null;
  priority: string | null;
  severity: string | null;
  impact: string | null;
}

export type CompanySource = 'mapping' | 'routing' | 'tag' | 'tenant-map' | 'endpoint' | 'environment' | 'none';

export interface MatchedRule {
  index: number;
  path: string;
  pattern: string;
  value: string;
}

/** One alert of a webhook, planned. */
export interface PlannedAlert {
  n: number;
  kind: AlertKind;
  /** `incident`: goes to its incident; `skip`: history only; `hold`: waits for the end of a window. */
  disposition: 'incident' | 'skip' | 'hold';
  reason: SkipReason | null;
  /** Words for people on why it was skipped or held. */
  explanation: string | null;
  /** `incident:<endpoint id>:<digest>`, the Temporal workflow id. */
  incidentKey: string;
  /** Digest of the uncut summary alone, for a close that names no customer. */
  summaryDigest: string;
  /** The customer as the body names it (mapped id, #CW tag or raw tenant value), before the tenant map. */
  customer: string | null;
  name: string;
  /** Masked, at most 2,000 characters. */
  message: string;
  ticket: TicketDraft;
  companySource: CompanySource;
  triggerValue: string | null;
  matchedRules: MatchedRule[];
  mapped: Partial<Record<MappedField, { value: string; paths: string[] }>>;
}

/** What speaks in place of a webhook: an endpoint's heartbeat, or a ticket system that was away. */
export interface PlanSender {
  kind: 'heartbeat' | 'heartbeat-end' | 'outage';
  /** The webhook that ended the silence; null where it is not kept any more, and of the other kinds. */
  webhookId: string | null;
}

/** The whole plan of one webhook under one configuration version. */
export interface Plan {
  configVersion: number;
  /** Absent where a webhook was planned. */
  sender?: PlanSender;
  alerts: PlannedAlert[];
  /** What was done in order, a sentence each, for dry run and history. */
  steps: string[];
  warnings: string[];
  /** Why the webhook cannot be planned; `alerts` is then empty. */
  failure: string | null;
}
