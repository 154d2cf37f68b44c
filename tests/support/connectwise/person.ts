import type { Call } from './call.ts';
import { ApiFault, recordNotFound } from './errors.ts';
import { instant } from './json.ts';
import { mergeTickets } from './bundling.ts';
import { addNote } from './notes.ts';
import { patchRow } from './patch.ts';
import { commitRow } from './ticket-rules.ts';
import type { StoredTicket } from './ticket-store.ts';
import type { World } from './world.ts';

/** What somebody does to a ticket at their own console; several at once are done in this order. */
export type PersonAct = {
  /** Their member identifier, as `_info.updatedBy` will say; `jdoe` if not given. */
  by?: string;
  summary?: string;
  externalXRef?: string | null;
  board?: string;
  /** A status name of the ticket's board. */
  status?: string;
  note?: string;
  noteFlag?: 'detailDescriptionFlag' | 'internalAnalysisFlag' | 'resolutionFlag';
  /** Sets the board's first status that has `closedStatus`. */
  close?: boolean;
  /** Sets the board's default status. */
  reopen?: boolean;
  /** Folds the ticket into this one and closes it. */
  mergeInto?: number;
  delete?: boolean;
};

export function actAsPerson(world: World, ticketId: number, act: PersonAct): void {
  const ticket = world.tickets.get(ticketId);
  if (ticket === undefined) throw recordNotFound('Ticket', ticketId);
  const by = act.by ?? 'jdoe';
  if (act.board !== undefined) change(world, ticket, by, 'board', { name: act.board });
  if (act.summary !== undefined) change(world, ticket, by, 'summary', act.summary);
  if (act.externalXRef !== undefined) change(world, ticket, by, 'externalXRef', act.externalXRef);
  if (act.note !== undefined) {
    addNote(world, ticket, { text: act.note, [act.noteFlag ?? 'internalAnalysisFlag']: true }, by);
    commitRow(world, ticket, ticket.row, by);
  }
  if (act.status !== undefined) change(world, ticket, by, 'status', { name: act.status });
  if (act.close === true) change(world, ticket, by, 'status', { id: statusOf(world, ticket, 'closedStatus') });
  if (act.reopen === true) change(world, ticket, by, 'status', { id: statusOf(world, ticket, 'defaultFlag') });
  if (act.mergeInto !== undefined) merge(world, ticket, act.mergeInto, by);
  if (act.delete === true) {
    ticket.deletedAt = instant(world.now());
    world.callbacks.notify('deleted', ticket, by, false);
  }
}

function change(world: World, ticket: StoredTicket, by: string, path: string, value: unknown): void {
  const operations = [{ op: 'replace', path, value }];
  if (world.faults.modes.customFieldsOpRequired) operations.push({ op: 'replace', path: 'customFields', value: [] });
  commitRow(world, ticket, patchRow(world, ticket.row, operations, by).row, by);
}

function statusOf(world: World, { row }: StoredTicket, flag: 'closedStatus' | 'defaultFlag'): number {
  const found = world.catalog.statuses.find((one) => one.board.id === row.board.id && one[flag] && !one.inactive);
  if (found === undefined)
    throw new ApiFault(400, { code: 'InvalidObject', message: `The board has no ${flag} status.` });
  return found.id;
}

function merge(world: World, ticket: StoredTicket, into: number, by: string): void {
  const call: Call = {
    method: 'POST',
    path: `/service/tickets/${into}/merge`,
    params: { id: String(into) },
    query: new URLSearchParams(),
    headers: {},
    body: { mergeTicketIds: [ticket.row.id], status: { id: statusOf(world, ticket, 'closedStatus') } },
    base: '',
    member: by,
  };
  mergeTickets(world, call);
}
