import type { Named } from './catalog.ts';
import type { Condition } from './filter-grammar.ts';
import { requiredEquals } from './filter-match.ts';
import type { JsonObject } from './json.ts';

export type Info = { lastUpdated: string; updatedBy: string; dateEntered: string; enteredBy: string };
export type TicketRow = JsonObject & {
  id: number;
  summary: string;
  board: Named;
  status: Named;
  closedFlag: boolean;
  externalXRef?: string;
  _info: Info;
};
export type NoteRow = JsonObject & {
  id: number;
  ticketId: number;
  text: string;
  detailDescriptionFlag: boolean;
  internalAnalysisFlag: boolean;
  resolutionFlag: boolean;
  dateCreated: string;
  createdBy: string;
  _info: Info;
};
export type StatusChange = { at: string; by: string; from: string | null; to: string; closedFlag: boolean };
export type StoredTicket = {
  row: TicketRow;
  notes: NoteRow[];
  configurationIds: number[];
  statusChanges: StatusChange[];
  committedAtMs: number;
  deletedAt: string | null;
};

export type TicketStore = ReturnType<typeof createTicketStore>;

const indexed = ['id', 'externalXRef', 'summary'] as const;
type Index = Map<string, Set<StoredTicket>>;

/** All tickets ever made, deleted ones included; look-ups by id, externalXRef and summary never scan. */
export function createTicketStore() {
  const byId = new Map<number, StoredTicket>();
  const indexes: Record<'externalXRef' | 'summary', Index> = { externalXRef: new Map(), summary: new Map() };
  let lastTicketId = 1000;
  let lastNoteId = 50_000;

  const keyOf = (ticket: StoredTicket, field: keyof typeof indexes) => ticket.row[field]?.toLowerCase();

  function index(ticket: StoredTicket): void {
    for (const field of ['externalXRef', 'summary'] as const) {
      const key = keyOf(ticket, field);
      if (key === undefined) continue;
      const found = indexes[field].get(key);
      if (found === undefined) indexes[field].set(key, new Set([ticket]));
      else found.add(ticket);
    }
  }

  function unindex(ticket: StoredTicket): void {
    for (const field of ['externalXRef', 'summary'] as const) {
      const key = keyOf(ticket, field);
      if (key !== undefined) indexes[field].get(key)?.delete(ticket);
    }
  }

  function candidates(condition: Condition | null): Iterable<StoredTicket> {
    const wanted = condition === null ? new Map<string, string | number>() : requiredEquals(condition, indexed);
    const id = wanted.get('id');
    if (typeof id === 'number') return [byId.get(id)].filter((ticket) => ticket !== undefined);
    for (const field of ['externalXRef', 'summary'] as const) {
      const value = wanted.get(field);
      if (typeof value === 'string')
        return [...(indexes[field].get(value.toLowerCase()) ?? [])].sort((one, other) => one.row.id - other.row.id);
    }
    return byId.values();
  }

  return {
    nextTicketId: () => (lastTicketId += 1),
    nextNoteId: () => (lastNoteId += 1),
    candidates,
    all: (): Iterable<StoredTicket> => byId.values(),
    size: () => byId.size,
    /** Forgets every ticket; ids go on rising, so nothing old can be taken for something new. */
    clear(): void {
      byId.clear();
      for (const one of Object.values(indexes)) one.clear();
    },
    add(ticket: StoredTicket): void {
      byId.set(ticket.row.id, ticket);
      index(ticket);
    },
    /** Deleted or not. */
    find: (id: number): StoredTicket | undefined => byId.get(id),
    get(id: number): StoredTicket | undefined {
      const ticket = byId.get(id);
      return ticket?.deletedAt === null ? ticket : undefined;
    },
    withKey: (externalXRef: string): StoredTicket[] => [
      ...(indexes.externalXRef.get(externalXRef.toLowerCase()) ?? []),
    ],
    /** The only way to change a stored row: keeps the indexes true. */
    replace(ticket: StoredTicket, row: TicketRow): void {
      unindex(ticket);
      ticket.row = row;
      index(ticket);
    },
  };
}
