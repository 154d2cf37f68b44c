import type { MappedField, TicketingConfig } from '../contracts/endpoint-config.ts';
import type { FieldTrace, RoutedName } from '../contracts/plan-trace.ts';
import type { TicketDraft } from '../contracts/plan.ts';
import type { MappedValues } from './field-mapping.ts';
import { cutUnits } from './json-text.ts';
import { ROUTED_NAMES, type RoutedFields } from './routing.ts';

const SHOWN_WORD = 100;
const LEVELS = ['low', 'medium', 'high'];

export interface DraftInput {
  ticketing: TicketingConfig;
  mapped: MappedValues;
  routed: RoutedFields;
  summary: string;
  description: string;
  companyId: string | null;
  trace?: FieldTrace[] | undefined;
}

type DraftedName = Exclude<RoutedName, 'companyId'>;

/** The name a routed field has in a mapping. */
export function mappedName(field: RoutedName): MappedField {
  if (field === 'companyId') return 'customer_id';
  return field === 'type' ? 'ticket_type' : field;
}

/** The fields of the ticket: routed before mapped before the endpoint's; blank ones are null. */
export function draftTicket(input: DraftInput): TicketDraft {
  const { ticketing, mapped, routed } = input;
  const choose = (field: DraftedName) => filled(routed[field], mapped[mappedName(field)]?.value, ticketing[field]);
  const draft = {
    summary: input.summary,
    description: input.description,
    companyId: input.companyId,
    board: choose('board'),
    status: choose('status'),
    closeStatus: filled(ticketing.closeStatus),
    type: choose('type'),
    subtype: choose('subtype'),
    item: choose('item'),
    priority: choose('priority'),
    severity: choose('severity'),
    impact: choose('impact'),
  };
  if (input.trace) traceFields(input, input.trace);
  return draft;
}

function traceFields({ ticketing, mapped, routed }: DraftInput, trace: FieldTrace[]): void {
  for (const field of ROUTED_NAMES) {
    if (field === 'companyId') continue;
    const set = [
      { from: 'rule' as const, value: filled(routed[field]) },
      { from: 'mapping' as const, value: filled(mapped[mappedName(field)]?.value) },
      { from: 'endpoint' as const, value: filled(ticketing[field]) },
    ].flatMap(({ from, value }) => (value === null ? [] : [{ from, value: cutUnits(value, 200) }]));
    const [taken, ...unused] = set;
    trace.push({ field, value: taken?.value ?? null, from: taken?.from ?? null, unused });
  }
}

/** What a ticket system may not take: severity and impact are Low, Medium or High there, other words are left out. */
export function draftWarnings(draft: TicketDraft): string[] {
  return (['severity', 'impact'] as const).flatMap((field) => {
    const value = draft[field];
    const isKnown = value === null || LEVELS.includes(value.toLowerCase());
    return isKnown
      ? []
      : [
          `${field} “${cutUnits(value, SHOWN_WORD)}” is not Low, Medium or High; a ticket system that knows only these leaves it out.`,
        ];
  });
}

function filled(...values: (string | null | undefined)[]): string | null {
  for (const value of values) {
    const text = value?.trim();
    if (text !== undefined && text !== '') return text;
  }
  return null;
}
