import type { TicketingConfig } from '../contracts/endpoint-config.ts';
import type { TicketDraft } from '../contracts/plan.ts';
import type { MappedValues } from './field-mapping.ts';
import type { RoutedFields } from './routing.ts';

const LEVELS = ['low', 'medium', 'high'];

export interface DraftInput {
  ticketing: TicketingConfig;
  mapped: MappedValues;
  routed: RoutedFields;
  summary: string;
  description: string;
  companyId: string | null;
}

/** The fields of the ticket: routed before mapped before the endpoint's; blank ones are null. */
export function draftTicket(input: DraftInput): TicketDraft {
  const { ticketing, mapped, routed } = input;
  return {
    summary: input.summary,
    description: input.description,
    companyId: input.companyId,
    board: filled(routed.board, mapped.board?.value, ticketing.board),
    status: filled(routed.status, mapped.status?.value, ticketing.status),
    closeStatus: filled(ticketing.closeStatus),
    type: filled(routed.type, mapped.ticket_type?.value, ticketing.type),
    subtype: filled(routed.subtype, mapped.subtype?.value, ticketing.subtype),
    item: filled(routed.item, mapped.item?.value, ticketing.item),
    priority: filled(routed.priority, mapped.priority?.value, ticketing.priority),
    severity: filled(routed.severity, mapped.severity?.value, ticketing.severity),
    impact: filled(routed.impact, mapped.impact?.value, ticketing.impact),
  };
}

/** What a ticket system may not take: severity and impact are Low, Medium or High there, other words are left out. */
export function draftWarnings(draft: TicketDraft): string[] {
  return (['severity', 'impact'] as const).flatMap((field) => {
    const value = draft[field];
    const isKnown = value === null || LEVELS.includes(value.toLowerCase());
    return isKnown
      ? []
      : [`${field} “${value}” is not Low, Medium or High; a ticket system that knows only these leaves it out.`];
  });
}

function filled(...values: (string | null | undefined)[]): string | null {
  for (const value of values) {
    const text = value?.trim();
    if (text !== undefined && text !== '') return text;
  }
  return null;
}
