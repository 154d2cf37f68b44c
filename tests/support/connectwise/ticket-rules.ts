import type { Named, Status } from './catalog.ts';
import type { Call } from './call.ts';
import { invalidField, invalidObject, recordNotFound, type ErrorDetail } from './errors.ts';
import { instant, isObject, type JsonObject } from './json.ts';
import { requireRight, type Right } from './roles.ts';
import type { StatusChange, StoredTicket, TicketRow } from './ticket-store.ts';
import type { World } from './world.ts';

export const isApiMember = (world: World, member: string): boolean => member === world.settings.member;

/** The ticket as this caller may see it, or the 404 the vendor gives. */
export function ticketFor(world: World, call: Call, id = Number(call.params['id'])): StoredTicket {
  const ticket = world.tickets.get(id);
  if (ticket === undefined) throw recordNotFound('Ticket', id);
  if (ticket.row.closedFlag) requireClosedRight(world, call.member, 'inquire');
  return ticket;
}

/** Closed tickets are a module of their own for the API member; people at the console are not asked. */
export function requireClosedRight(world: World, member: string, right: Right): void {
  if (isApiMember(world, member)) requireRight(world.faults.modes.role, 'closeServiceTickets', right);
}

/** Whether a ticket in this state takes notes and updates; the vendor is silent, so it is a mode. */
export function requireWritable(world: World, ticket: StoredTicket, member: string): void {
  if (!isApiMember(world, member)) return;
  if (ticket.row.closedFlag) {
    requireClosedRight(world, member, 'edit');
    if (world.faults.modes.closedTicketWrites === 'refuse') throw unwritable('The ticket is closed.');
  }
  if (ticket.row['mergedParentTicket'] !== undefined && world.faults.modes.mergedTicketWrites === 'refuse')
    throw unwritable('The ticket has been merged.');
}

const unwritable = (message: string) => invalidObject('ticket', [invalidField('ticket', 'id', message)]);

/** Sets the status and what follows from it: `closedFlag` is true exactly if the status's `closedStatus` is. */
export function withStatus(world: World, row: TicketRow, status: Status, member: string): TicketRow {
  const { closedDate, closedBy, ...rest } = row;
  const next: TicketRow = {
    ...rest,
    status: { id: status.id, name: status.name },
    closedFlag: status.closedStatus,
  } as TicketRow;
  if (!status.closedStatus) return next;
  return { ...next, closedDate: closedDate ?? instant(world.now()), closedBy: closedBy ?? member };
}

export function checkClose(world: World, before: TicketRow, after: TicketRow, member: string): void {
  if (!after.closedFlag || before.closedFlag) return;
  requireClosedRight(world, member, 'edit');
  if (!world.faults.modes.typeRequiredToClose || !isApiMember(world, member)) return;
  const errors: ErrorDetail[] = ['type', 'subType', 'item'].flatMap((field) =>
    after[field] === undefined ? [invalidField('ticket', field, `${field} is required to close a ticket.`)] : [],
  );
  if (errors.length > 0) throw invalidObject('ticket', errors);
}

/** Stores the changed row, stamps who and when, remembers a change of status, and tells the callbacks. */
export function commitRow(
  world: World,
  ticket: StoredTicket,
  row: TicketRow,
  member: string,
  skipCallback = false,
): void {
  const from = ticket.row.status;
  const at = instant(world.now());
  world.tickets.replace(ticket, { ...row, _info: { ...row._info, lastUpdated: at, updatedBy: member } });
  if (from.id !== row.status.id) ticket.statusChanges.push(statusChange(at, member, from.name, row));
  world.callbacks.notify('updated', ticket, member, skipCallback);
}

export const statusChange = (at: string, by: string, from: string | null, row: TicketRow): StatusChange => ({
  at,
  by,
  from,
  to: row.status.name,
  closedFlag: row.closedFlag,
});

export function defaultStatus(world: World, board: Named): Status {
  const statuses = world.catalog.statuses.filter((status) => status.board.id === board.id);
  const chosen = statuses.find((status) => status.defaultFlag) ?? statuses[0];
  if (chosen === undefined)
    throw invalidObject('ticket', [invalidField('ticket', 'status', `${board.name} has no status.`)]);
  return chosen;
}

/** References get the hrefs a live body has: a versioned codebase, a doubled slash, the unprefixed host. */
export function presentTicket(world: World, row: JsonObject): JsonObject {
  const base = `https://na.myconnectwise.net/${world.faults.modes.codebase}//apis/3.0`;
  const shown: JsonObject = {};
  for (const [name, value] of Object.entries(row)) {
    const id = isObject(value) ? value['id'] : undefined;
    shown[name] =
      isObject(value) && typeof id === 'number'
        ? { ...value, _info: { [`${name}_href`]: `${base}/${name}/${id}` } }
        : value;
  }
  const info = row['_info'];
  shown['_info'] = {
    ...(isObject(info) ? info : {}),
    notes_href: `${base}/service/tickets/${String(row['id'])}/notes`,
  };
  return shown;
}
