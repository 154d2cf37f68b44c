import { isClosedName } from '../closed-status.ts';
import { findNamed, type CatalogEntry } from './catalog.ts';
import type { Psa } from './psa.ts';
import type { TicketRecord } from './ticket-record.ts';

/** A status by id where its board's list is known; by name where it is not, so that ConnectWise itself refuses it. */
export interface WantedStatus {
  id: string | null;
  name: string;
}

/**
 * The status of the ticket's own board that opens or closes it: the one that is named; else the connection's; else one that
 * the board itself marks, closed or default.
 */
export async function chooseStatus(
  psa: Psa,
  ticket: TicketRecord,
  intent: 'open' | 'closed',
  named: string | null,
): Promise<WantedStatus> {
  const usual = intent === 'closed' ? psa.settings.statusClosed : psa.settings.statusNew;
  const wanted = named ?? usual;
  const boardId = ticket.board?.id ?? null;
  const statuses = boardId === null ? 'unreadable' : await psa.catalog.statusesOf(boardId, wanted);
  if (statuses === 'unreadable') return { id: null, name: wanted };
  const found = findNamed(statuses, wanted) ?? (named === null ? markedStatus(statuses, intent) : null);
  return found ?? { id: null, name: wanted };
}

function markedStatus(statuses: readonly CatalogEntry[], intent: 'open' | 'closed'): CatalogEntry | null {
  const inOrder = [...statuses].sort((a, b) => (a.sortOrder ?? 0) - (b.sortOrder ?? 0));
  if (intent === 'open') {
    const open = inOrder.filter((status) => status.closedStatus !== true);
    return open.find((status) => status.defaultFlag === true) ?? open[0] ?? null;
  }
  const closed = inOrder.filter((status) => status.closedStatus === true);
  return closed.find((status) => isClosedName(status.name, [])) ?? closed[0] ?? null;
}
