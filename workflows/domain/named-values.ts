import type { CatalogKind } from '../contracts/catalog.ts';
import type { EndpointConfig, RoutingOverrides, TicketingConfig } from '../contracts/endpoint-config.ts';

/** A name in a configuration that the ticket system must know. `board`: whose list it is looked for in; null for any board's. */
export interface NamedValue {
  path: string;
  kind: CatalogKind;
  board: string | null;
  name: string;
}

const SHARED_FIELDS = {
  priority: 'priorities',
  severity: 'severities',
  impact: 'impacts',
  companyId: 'companies',
} as const;
const BOARD_FIELDS = { status: 'statuses', type: 'types', subtype: 'subtypes', item: 'items' } as const;

/**
 * Every name an endpoint's own settings and rules put into tickets. Where the webhook itself may choose the board, what belongs
 * to a board is looked for on any.
 */
export function namedValues(config: EndpointConfig, defaultBoard: string): NamedValue[] {
  const { ticketing } = config;
  const isFixed = !filled(ticketing.mapping.board);
  const ownBoard = filled(ticketing.board) ?? defaultBoard;
  const closing = filled(ticketing.closeStatus);
  return [
    ...valuesIn(ticketing, 'ticketing', isFixed ? ownBoard : null),
    ...(closing === null
      ? []
      : [
          {
            path: 'ticketing.closeStatus',
            kind: 'statuses' as const,
            board: isFixed && isOnlyBoard(ticketing) ? ownBoard : null,
            name: closing,
          },
        ]),
    ...ticketing.routingRules.flatMap(({ overrides }, index) =>
      valuesIn(
        overrides,
        `ticketing.routingRules.${index}.overrides`,
        filled(overrides.board) ?? (isFixed && isOnlyBoard(ticketing) ? ownBoard : null),
      ),
    ),
  ];
}

/** No rule sends tickets to another board than the endpoint's. */
function isOnlyBoard(ticketing: TicketingConfig): boolean {
  return !ticketing.routingRules.some(({ overrides }) => filled(overrides.board));
}

function valuesIn(fields: TicketingConfig | RoutingOverrides, place: string, board: string | null): NamedValue[] {
  const found: NamedValue[] = [];
  const add = (field: string, kind: CatalogKind, whose: string | null, value: string | null | undefined): void => {
    const name = filled(value);
    if (name !== null) found.push({ path: `${place}.${field}`, kind, board: whose, name });
  };
  add('board', 'boards', null, fields.board);
  for (const [field, kind] of Object.entries(BOARD_FIELDS))
    add(field, kind, board, fields[field as keyof typeof BOARD_FIELDS]);
  for (const [field, kind] of Object.entries(SHARED_FIELDS))
    add(field, kind, null, fields[field as keyof typeof SHARED_FIELDS]);
  return found;
}

function filled(text: string | null | undefined): string | null {
  return text?.trim() ? text.trim() : null;
}
