import type { Plan, PlannedAlert } from '../contracts/plan.ts';
import { cutUnits } from './json-text.ts';

const TICKET_FIELDS = [
  'summary',
  'companyId',
  'board',
  'status',
  'closeStatus',
  'type',
  'subtype',
  'item',
  'priority',
  'severity',
  'impact',
  'description',
] as const;

/** What of an alert may differ between two plans; `alert`: it is only in one of them, `incident`: it counts for another one. */
export type ChangedField = 'failure' | 'alert' | 'kind' | 'outcome' | 'incident' | (typeof TICKET_FIELDS)[number];

/** One difference. `before` and `after` are for people, at most 200 characters; null is nothing. */
export interface PlanChange {
  n: number;
  field: ChangedField;
  before: string | null;
  after: string | null;
}

const SHOWN = 200;

/** What two plans of one webhook make different, in the order of its alerts; empty when both do the same. */
export function comparePlans(before: Plan, after: Plan): PlanChange[] {
  const changes: PlanChange[] = [];
  if (before.failure !== after.failure) changes.push(changeOf(0, 'failure', before.failure, after.failure));
  const most = Math.max(before.alerts.length, after.alerts.length);
  for (let n = 0; n < most; n += 1) {
    const [earlier, later] = [before.alerts[n], after.alerts[n]];
    if (earlier !== undefined && later !== undefined) compareAlerts(n, earlier, later, changes);
    else changes.push(changeOf(n, 'alert', earlier?.ticket.summary ?? null, later?.ticket.summary ?? null));
  }
  return changes;
}

function compareAlerts(n: number, before: PlannedAlert, after: PlannedAlert, changes: PlanChange[]): void {
  if (before.kind !== after.kind) changes.push(changeOf(n, 'kind', before.kind, after.kind));
  const outcomes = [outcomeOf(before), outcomeOf(after)] as const;
  if (outcomes[0] !== outcomes[1]) changes.push(changeOf(n, 'outcome', ...outcomes));
  if (before.disposition === 'skip' && after.disposition === 'skip') return;
  if (before.incidentKey !== after.incidentKey)
    changes.push(changeOf(n, 'incident', identityOf(before), identityOf(after)));
  for (const field of TICKET_FIELDS)
    if (before.ticket[field] !== after.ticket[field])
      changes.push(changeOf(n, field, before.ticket[field], after.ticket[field]));
}

function outcomeOf({ disposition, reason }: PlannedAlert): string {
  return reason === null ? disposition : `${disposition}: ${reason}`;
}

function identityOf({ ticket, customer }: PlannedAlert): string {
  return customer === null ? ticket.summary : `${ticket.summary} (${customer})`;
}

function changeOf(n: number, field: ChangedField, before: string | null, after: string | null): PlanChange {
  const shown = (text: string | null) => (text === null ? null : cutUnits(text, SHOWN));
  return { n, field, before: shown(before), after: shown(after) };
}
