import { idOf, type Call, type Reply } from './call.ts';
import { invalidField, invalidObject } from './errors.ts';
import { instant, isObject } from './json.ts';
import { countReply, listReply, recordReply, searchReply, type Source } from './listing.ts';
import { addInitialNotes } from './notes.ts';
import { patchRow } from './patch.ts';
import { ticketSchema } from './schemas.ts';
import { draftTicket } from './ticket-draft.ts';
import {
  checkClose,
  commitRow,
  presentTicket,
  requireClosedRight,
  requireWritable,
  statusChange,
  ticketFor,
} from './ticket-rules.ts';
import type { StoredTicket } from './ticket-store.ts';
import type { World } from './world.ts';

/** Tickets as lists see them: not the deleted, not the too young while lists lag, not the closed without that right. */
function ticketSource(world: World): Source {
  const { listLagSeconds, role } = world.faults.modes;
  const youngest = world.now() - listLagSeconds * 1000;
  const seesClosed = role.closeServiceTickets.inquire;
  return {
    schema: ticketSchema,
    present: (row) => presentTicket(world, row),
    *rows(condition) {
      for (const { row, committedAtMs, deletedAt } of world.tickets.candidates(condition)) {
        const isLagging = listLagSeconds > 0 && committedAtMs > youngest;
        if (deletedAt === null && !isLagging && (seesClosed || !row.closedFlag)) yield row;
      }
    },
  };
}

const escaping = (world: World) => world.faults.modes.quoteEscaping;

export const listTickets = (world: World, call: Call): Reply => listReply(call, ticketSource(world), escaping(world));
export const countTickets = (world: World, call: Call): Reply => countReply(call, ticketSource(world), escaping(world));
export const searchTickets = (world: World, call: Call): Reply =>
  searchReply(call, ticketSource(world), escaping(world));

export const readTicket = (world: World, call: Call): Reply =>
  recordReply(call, ticketSource(world), ticketFor(world, call).row);

/** 201 with the full record; the initial texts become notes and are never returned. */
export function createTicket(world: World, call: Call): Reply {
  const row = draftTicket(world, 0, call.body, call.member);
  if (row.closedFlag) requireClosedRight(world, call.member, 'add');
  const body = isObject(call.body) ? call.body : {};
  const parent = typeof body['parentTicketId'] === 'number' ? world.tickets.get(body['parentTicketId']) : undefined;
  if (body['parentTicketId'] !== undefined && parent === undefined)
    throw invalidObject('ticket', [invalidField('ticket', 'parentTicketId', 'The parent ticket does not exist.')]);
  row.id = world.tickets.nextTicketId();
  const ticket: StoredTicket = {
    row,
    notes: [],
    configurationIds: [],
    statusChanges: [statusChange(instant(world.now()), call.member, null, row)],
    committedAtMs: world.now(),
    deletedAt: null,
  };
  addInitialNotes(world, ticket, body, call.member);
  world.tickets.add(ticket);
  if (parent !== undefined) commitRow(world, parent, { ...parent.row, hasChildTicket: true }, call.member);
  world.callbacks.notify('added', ticket, call.member, body['skipCallback'] === true);
  return recordReply(call, ticketSource(world), ticket.row, 201);
}

export function patchTicket(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  requireWritable(world, ticket, call.member);
  const { row, skipCallback } = patchRow(world, ticket.row, call.body, call.member);
  checkClose(world, ticket.row, row, call.member);
  commitRow(world, ticket, row, call.member, skipCallback);
  return { status: 200, body: presentTicket(world, ticket.row) };
}

/** PUT resets whatever it does not name, which is why nobody should use it. */
export function replaceTicket(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  requireWritable(world, ticket, call.member);
  const given = isObject(call.body) ? call.body : {};
  const missing = ['severity', 'impact'].filter((name) => given[name] === undefined);
  if (missing.length > 0)
    throw invalidObject(
      'ticket',
      missing.map((name) => invalidField('ticket', name, `The ${name} field is required.`)),
    );
  const row = draftTicket(world, idOf(call), call.body, call.member);
  checkClose(world, ticket.row, row, call.member);
  const { dateEntered, enteredBy } = ticket.row._info;
  commitRow(world, ticket, { ...row, _info: { ...row._info, dateEntered, enteredBy } }, call.member);
  return { status: 200, body: presentTicket(world, ticket.row) };
}

export function deleteTicket(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  ticket.deletedAt = instant(world.now());
  world.callbacks.notify('deleted', ticket, call.member, false);
  return { status: 204 };
}

export function convertTicket(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  commitRow(world, ticket, { ...ticket.row, recordType: 'ProjectTicket' }, call.member);
  return { status: 200, body: presentTicket(world, ticket.row) };
}
