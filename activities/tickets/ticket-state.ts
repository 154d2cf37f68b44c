import type { IncidentRow } from '../journal/incident-row.ts';
import { cancelAnalysis } from '../journal/analyses.ts';
import { addTimeline, CALM, updateIncident } from '../journal/incident-changes.ts';
import { toldNote } from '../journal/told-note.ts';
import type { Queryable } from '../../infra/database/pool.ts';
import { isClosedName } from './closed-status.ts';
import type { TicketSnapshot } from './ticket-system.ts';

/** Whether a ticket is open, the endpoint's own closing status taken into account (contract.md "Tickets"). */
export function isOpenTicket(ticket: TicketSnapshot, row: Pick<IncidentRow, 'config'>): boolean {
  const { closeStatus } = row.config.ticketing;
  return ticket.isOpen && !isClosedName(ticket.statusName, closeStatus === null ? [] : [closeStatus]);
}

/** Whether a person has worked on the ticket since we last wrote to it. */
export function isTouched(ticket: TicketSnapshot, row: IncidentRow): boolean {
  const isOtherStatus = row.statusOurs !== null && ticket.statusName !== row.statusOurs;
  const isOtherAuthor =
    row.updatedByOurs !== null && ticket.updatedBy !== null && ticket.updatedBy !== row.updatedByOurs;
  return isOtherStatus || isOtherAuthor;
}

/**
 * Records that the incident's ticket is over: closed by us, closed by a person, gone. The episode rises, so that the next
 * ticket has another key. `want` stays unless it is given.
 */
export async function recordTicketOver(
  tx: Queryable,
  row: IncidentRow,
  over: {
    at: string;
    kind: 'closed' | 'closed-by-person' | 'merged' | 'gone' | 'given-up';
    text: string;
    isOurs: boolean;
    want?: 'none' | 'open' | 'closed';
    /** The ticket that is to be told when the resource recovers; null where none is. */
    owed?: string | null;
    /** What the timeline keeps besides: the status, and who or which timer. */
    cause?: Record<string, unknown>;
  },
): Promise<void> {
  await updateIncident(tx, row.id, {
    ...CALM,
    episode: row.episode + 1,
    last_ticket_id: row.ticketId,
    ticket_id: null,
    ticket_url: null,
    posting_at: null,
    posting_rounds: 0,
    posting_looks: 0,
    pending: null,
    writing: null,
    resolution: null,
    calm_since: null,
    acknowledged_at: null,
    acknowledged_by: null,
    snoozed_until: null,
    snoozed_by: null,
    analysis_id: null,
    analysis_ready: false,
    note_at: null,
    checked_at: null,
    look_at: null,
    listed_at: null,
    owed_ticket_id: over.owed ?? null,
    closed_at: over.isOurs ? over.at : null,
    phase: 'closed',
    ...(over.want === undefined ? {} : { want: over.want }),
    ...(over.want === 'open' ? {} : { draft_webhook_id: null, draft_n: null }),
  });
  await cancelAnalysis(tx, row, over.at);
  await addTimeline(tx, row.id, row.episode, [
    {
      at: over.at,
      kind: over.kind,
      text: over.text,
      data: { ticket: row.ticketId, ...over.cause, ...unconfirmed(row) },
    },
  ]);
}

/** A note that was on its way when the ticket was over, and of which nobody knows whether it arrived. */
function unconfirmed({ writing, ticketId }: IncidentRow): { unconfirmed?: object } {
  return writing === null ? {} : { unconfirmed: toldNote(ticketId, writing) };
}

/** Records that the ticket was merged: the incident goes on with the one it was merged into, on which people have worked. */
export async function recordMerged(tx: Queryable, row: IncidentRow, into: TicketSnapshot, at: string): Promise<void> {
  await updateIncident(tx, row.id, {
    last_ticket_id: row.ticketId,
    ticket_id: into.id,
    ticket_url: into.url,
    status_ours: into.statusName,
    updated_by_ours: '',
  });
  await addTimeline(tx, row.id, row.episode, [
    {
      at,
      kind: 'merged',
      text: `Ticket ${row.ticketId} was merged into ${into.id}.`,
      data: { ticket: into.id, from: row.ticketId, status: into.statusName },
    },
  ]);
}
