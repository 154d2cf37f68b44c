import type { Call, Reply } from './call.ts';
import { invalidField, invalidObject, missingField, unresolved, type ErrorDetail } from './errors.ts';
import { isObject } from './json.ts';
import { resolveReference } from './references.ts';
import { checkClose, commitRow, ticketFor, withStatus } from './ticket-rules.ts';
import type { StoredTicket } from './ticket-store.ts';
import type { World } from './world.ts';

/** Folds the named tickets into this one and gives them the status, which must be one of their own board. */
export function mergeTickets(world: World, call: Call): Reply {
  const parent = ticketFor(world, call);
  const body = isObject(call.body) ? call.body : {};
  const children = namedTickets(world, parent, body['mergeTicketIds'], 'mergeTicketIds');
  const errors: ErrorDetail[] = [];
  if (!isObject(body['status'])) errors.push(missingField('ticketMerge', 'status'));
  const rows =
    errors.length > 0
      ? []
      : children.map((child) => mergedRow(world, parent, child, body['status'], call.member, errors));
  if (errors.length > 0) throw invalidObject('ticketMerge', errors);
  children.forEach((child, at) => {
    const row = rows[at];
    if (row !== undefined && row !== null) commitRow(world, child, row, call.member);
  });
  commitRow(world, parent, { ...parent.row, hasMergedChildTicketFlag: true }, call.member);
  return { status: 200, body: { success: true, message: 'The tickets were merged.' } };
}

function mergedRow(
  world: World,
  parent: StoredTicket,
  child: StoredTicket,
  status: unknown,
  member: string,
  errors: ErrorDetail[],
) {
  const found = resolveReference(world.catalog, 'status', status, child.row.board, errors, 'ticketMerge');
  const wanted = world.catalog.statuses.find((one) => one.id === found?.id);
  if (wanted === undefined) return null;
  const { id, summary } = parent.row;
  const row = withStatus(world, { ...child.row, mergedParentTicket: { id, summary } }, wanted, member);
  checkClose(world, child.row, row, member);
  return row;
}

export function attachChildren(world: World, call: Call): Reply {
  const parent = ticketFor(world, call);
  const body = isObject(call.body) ? call.body : {};
  const children = namedTickets(world, parent, body['childTicketIds'], 'childTicketIds');
  for (const child of children) commitRow(world, child, { ...child.row, parentTicketId: parent.row.id }, call.member);
  commitRow(world, parent, { ...parent.row, hasChildTicket: true }, call.member);
  return { status: 200, body: { success: true, message: 'The tickets were bundled.' } };
}

function namedTickets(world: World, parent: StoredTicket, ids: unknown, field: string): StoredTicket[] {
  if (!Array.isArray(ids) || ids.length === 0) throw invalidObject('ticket', [missingField('ticket', field)]);
  return ids.map((id: unknown) => {
    if (id === parent.row.id)
      throw invalidObject('ticket', [invalidField('ticket', field, 'A ticket cannot be joined to itself.')]);
    const child = typeof id === 'number' ? world.tickets.get(id) : undefined;
    if (child === undefined)
      throw invalidObject('ticket', [unresolved('ticket', field, `Ticket ${String(id)} not found`)]);
    return child;
  });
}
