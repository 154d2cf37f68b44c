import { idOf, type Call, type Reply } from './call.ts';
import { ApiFault, invalidObject, recordNotFound, unresolved } from './errors.ts';
import { isObject } from './json.ts';
import { listReply } from './listing.ts';
import { configurationSchema } from './schemas.ts';
import { requireWritable, ticketFor } from './ticket-rules.ts';
import type { StoredTicket } from './ticket-store.ts';
import type { World } from './world.ts';

const resource = 'configuration';

const presented = (world: World, ticket: StoredTicket) =>
  ticket.configurationIds.map((id) => {
    const known = world.catalog.configurations.find((one) => one.id === id);
    const short = world.faults.modes.bareConfigurations ? {} : { deviceIdentifier: known?.deviceIdentifier };
    return { id, ...short };
  });

export const listConfigurations = (world: World, call: Call): Reply => {
  const ticket = ticketFor(world, call);
  const source = { schema: configurationSchema, rows: () => presented(world, ticket) };
  return listReply(call, source, world.faults.modes.quoteEscaping);
};

export function attachConfiguration(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  requireWritable(world, ticket, call.member);
  const { id, deviceIdentifier } = isObject(call.body) ? call.body : {};
  if (id === undefined && deviceIdentifier === undefined)
    throw invalidObject(resource, [
      { code: 'MissingRequiredField', message: 'id or deviceIdentifier is required.', resource, field: 'id' },
    ]);
  const found = world.catalog.configurations.find((one) =>
    id === undefined ? one.deviceIdentifier === deviceIdentifier : one.id === id,
  );
  if (found === undefined)
    throw invalidObject(resource, [
      unresolved(resource, 'id', `Configuration ${String(id ?? deviceIdentifier)} not found`),
    ]);
  if (ticket.configurationIds.includes(found.id))
    throw invalidObject(resource, [
      { code: 'ObjectExists', message: 'The configuration is already attached.', resource, field: 'id' },
    ]);
  ticket.configurationIds.push(found.id);
  return { status: 201, body: { id: found.id, deviceIdentifier: found.deviceIdentifier } };
}

export function detachConfiguration(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  const id = idOf(call, 'configurationId');
  if (!ticket.configurationIds.includes(id)) throw recordNotFound('Configuration', id);
  ticket.configurationIds = ticket.configurationIds.filter((one) => one !== id);
  return { status: 204 };
}

/** Documents come as multipart; the router has already refused JSON with 415. */
export function createDocument(world: World, call: Call): Reply {
  const text = typeof call.body === 'string' ? call.body : '';
  const part = (name: string) =>
    new RegExp(`name="?${name}"?[^\\r\\n]*\\r?\\n(?:[^\\r\\n]+\\r?\\n)*\\r?\\n([^\\r\\n]*)`).exec(text)?.[1];
  const recordId = Number(part('recordId'));
  if (part('recordType') !== 'Ticket' || world.tickets.get(recordId) === undefined)
    throw new ApiFault(400, { code: 'InvalidObject', message: 'document object is invalid', errors: null });
  return { status: 201, body: { id: world.tickets.nextNoteId(), title: part('title') ?? '', recordId } };
}
