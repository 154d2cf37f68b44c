import type { LedgerEntry, LedgerNote } from './ledger.ts';

/** A ticket as the ledger leaves it. */
export interface RebuiltTicket {
  id: string;
  isOpen: boolean;
  isGone: boolean;
  status: string | null;
  mergedInto: string | null;
  resolution: string | null;
  notes: LedgerNote[];
  /** Notes of which nobody knows whether they arrived. */
  unconfirmed: LedgerNote[];
}

export interface RebuiltTickets {
  /** The incident's open ticket; null where it has none. */
  current: string | null;
  /** In the order in which they came. */
  tickets: RebuiltTicket[];
}

/** What stands in the ticket system by the account alone: open or closed, status, resolution, each note with its text. */
export function rebuildTicket(ledger: readonly LedgerEntry[]): RebuiltTickets {
  const lines = ledger.filter(({ id }) => id !== null).sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  const tickets = new Map<string, RebuiltTicket>();
  let current: string | null = null;
  for (const line of lines) {
    for (const note of line.unconfirmed) ticketOf(tickets, note.ticket).unconfirmed.push(note);
    if (line.note !== null) takeNote(ticketOf(tickets, line.note.ticket), line.note);
    if (line.ticket === null) continue;
    current = takeLine(tickets, ticketOf(tickets, line.ticket), line, current);
  }
  return { current, tickets: [...tickets.values()] };
}

function takeLine(
  tickets: Map<string, RebuiltTicket>,
  ticket: RebuiltTicket,
  line: LedgerEntry,
  current: string | null,
): string | null {
  const status = typeof line.data['status'] === 'string' ? line.data['status'] : null;
  switch (line.kind) {
    case 'ticket-created':
    case 'ticket-adopted':
    case 'ticket-reopened':
      Object.assign(ticket, { isOpen: true, status });
      return ticket.id;
    case 'closed':
    case 'closed-by-person':
      Object.assign(ticket, { isOpen: false, status });
      return null;
    case 'gone':
      Object.assign(ticket, { isOpen: false, isGone: true });
      return null;
    case 'given-up':
      return null;
    case 'merged': {
      const from = line.data['from'];
      if (typeof from !== 'string') {
        Object.assign(ticket, { isOpen: false, status });
        return null;
      }
      Object.assign(ticketOf(tickets, from), { isOpen: false, mergedInto: ticket.id });
      Object.assign(ticket, { isOpen: true, status });
      return ticket.id;
    }
    case 'converged': {
      const extra = Array.isArray(line.data['extra']) ? line.data['extra'] : [];
      for (const id of extra) Object.assign(ticketOf(tickets, String(id)), { isOpen: false, mergedInto: ticket.id });
      return current;
    }
    default:
      return current;
  }
}

function takeNote(ticket: RebuiltTicket, note: LedgerNote): void {
  if (ticket.notes.some(({ key }) => key === note.key)) return;
  ticket.notes.push(note);
  ticket.unconfirmed = ticket.unconfirmed.filter(({ key }) => key !== note.key);
  if (note.purpose === 'resolution') ticket.resolution = note.body;
}

function ticketOf(tickets: Map<string, RebuiltTicket>, id: string): RebuiltTicket {
  const known = tickets.get(id);
  if (known !== undefined) return known;
  const made: RebuiltTicket = {
    id,
    isOpen: false,
    isGone: false,
    status: null,
    mergedInto: null,
    resolution: null,
    notes: [],
    unconfirmed: [],
  };
  tickets.set(id, made);
  return made;
}
