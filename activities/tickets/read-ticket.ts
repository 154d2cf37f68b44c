import type { IncidentRow } from '../journal/incident-row.ts';
import { recordOwned, type Step } from '../journal/own-incident.ts';
import { takenIds } from './find-closable.ts';
import { isOpenTicket, recordMerged } from './ticket-state.ts';
import type { TicketSnapshot } from './ticket-system.ts';

const MOST_MERGES = 5;

export interface TicketOver {
  is: 'over';
  kind: 'closed-by-person' | 'merged' | 'gone';
  text: string;
  /** The ticket in which people read on; null where it is gone. */
  told: string | null;
  /** Its status, as far as it was read. */
  status: string | null;
}

export type TicketRead = { is: 'open'; ticket: TicketSnapshot } | TicketOver;

/**
 * Reads the incident's ticket as people left it. A merged one is followed to the ticket that goes on, unless that one is closed
 * or belongs to another incident: then it is over. Throws `TicketSystemError`.
 */
export async function readTicket(step: Step, row: IncidentRow): Promise<TicketRead> {
  const id = row.ticketId ?? '';
  const ticket = await step.deps.tickets.get(id, step.signal);
  if (ticket === null) return { is: 'over', kind: 'gone', text: `Ticket ${id} is gone.`, told: null, status: null };
  const goesOn = await followMerges(step, ticket);
  if (goesOn.id !== ticket.id && isOpenTicket(goesOn, row)) {
    if ((await takenIds(step, [goesOn.id])).size > 0) {
      const text = `Ticket ${id} was merged into ${goesOn.id}, which belongs to another incident.`;
      return { is: 'over', kind: 'merged', text, told: goesOn.id, status: ticket.statusName };
    }
    await recordOwned(step, async (tx, now) => recordMerged(tx, now, goesOn, step.now()));
    return { is: 'open', ticket: goesOn };
  }
  if (isOpenTicket(goesOn, row)) return { is: 'open', ticket: goesOn };
  const by = `closed by ${goesOn.updatedBy ?? 'a person'} (${goesOn.statusName ?? 'closed'})`;
  const text =
    goesOn.id === id ? `Ticket ${id} was ${by}.` : `Ticket ${id} was merged into ${goesOn.id}, which was ${by}.`;
  return { is: 'over', kind: 'closed-by-person', text, told: goesOn.id, status: ticket.statusName };
}

/** The last ticket of a chain of merges that can be read. */
async function followMerges(step: Step, ticket: TicketSnapshot): Promise<TicketSnapshot> {
  const seen = new Set([ticket.id]);
  let last = ticket;
  while (last.mergedInto !== null && !seen.has(last.mergedInto) && seen.size <= MOST_MERGES) {
    seen.add(last.mergedInto);
    const into = await step.deps.tickets.get(last.mergedInto, step.signal);
    if (into === null) break;
    last = into;
  }
  return last;
}
