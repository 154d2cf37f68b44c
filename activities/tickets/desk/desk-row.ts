import { isClosedName } from '../closed-status.ts';
import type { TicketSnapshot } from '../ticket-system.ts';

export const TICKET_COLUMNS = 'id, key, summary, status, closed, updated_by';

export interface TicketRow {
  id: number;
  key: string;
  summary: string;
  status: string;
  closed: boolean;
  updated_by: string;
}

/** A desk ticket as the port shows it. The desk never merges. */
export function snapshotOf(row: TicketRow, options: { adminUrl: string | null; statusClosed: string }): TicketSnapshot {
  return {
    id: String(row.id),
    url: options.adminUrl === null ? null : `${options.adminUrl}/tickets/${row.id}`,
    isOpen: !row.closed && !isClosedName(row.status, [options.statusClosed]),
    statusName: row.status,
    updatedBy: row.updated_by,
    mergedInto: null,
    summary: row.summary,
    key: row.key,
  };
}

/** The number of a ticket, or null for a text that cannot be one. */
export function rowIdOf(id: string): number | null {
  return /^[0-9]{1,15}$/.test(id) ? Number(id) : null;
}
