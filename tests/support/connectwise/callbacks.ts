import { randomUUID } from 'node:crypto';
import { idOf, type Call, type Reply } from './call.ts';
import { createDeliverer, type Delivery } from './callback-delivery.ts';
import { invalidField, invalidObject, missingField, recordNotFound, type ErrorDetail } from './errors.ts';
import { copyPlainFields } from './field-values.ts';
import { instant, isObject, type JsonObject } from './json.ts';
import { listReply, recordReply, type Source } from './listing.ts';
import { callbackSchema } from './schemas.ts';
import { isApiMember } from './ticket-rules.ts';
import type { StoredTicket } from './ticket-store.ts';
import type { World } from './world.ts';

export type CallbackRow = JsonObject & {
  id: number;
  url: string;
  objectId: number;
  type: string;
  level: string;
  inactiveFlag: boolean;
  isSelfSuppressedFlag: boolean;
};
export type CallbackAction = 'added' | 'updated' | 'deleted';
export type CallbackBook = ReturnType<typeof createCallbackBook>;

const resource = 'callbackEntry';
const ticketLevels = ['owner', 'board', 'project', 'phase', 'status', 'ticket', 'integratortag'];

/** Registered callbacks and their deliveries; the signing keys are handed out under the `key_url` of each payload. */
export function createCallbackBook(getWorld: () => World) {
  let rows: CallbackRow[] = [];
  let lastId = 70;
  const keyId = randomUUID();
  const signingKey = randomUUID();
  const deliverer = createDeliverer(getWorld, { keyId, signingKey });

  /** Tells every callback the change concerns; costs nothing while none is registered. */
  function notify(action: CallbackAction, ticket: StoredTicket, member: string, skipCallback: boolean): void {
    if (rows.length === 0 || skipCallback) return;
    const world = getWorld();
    for (const row of rows) {
      const isOwnEcho = row.isSelfSuppressedFlag && isApiMember(world, member);
      if (!row.inactiveFlag && !isOwnEcho && concerns(row, ticket)) deliverer.send(row, action, ticket, member);
    }
  }

  function create(world: World, call: Call): Reply {
    const row = draft(world, call.body);
    if (rows.some((one) => isSame(one, row)))
      throw invalidObject(resource, [
        { code: 'ObjectExists', message: 'A matching callback entry already exists', resource, field: 'url' },
      ]);
    lastId += 1;
    row.id = lastId;
    rows.push(row);
    return recordReply(call, source(), row, 201);
  }

  const source = (): Source => ({ schema: callbackSchema, rows: () => rows });

  function rowOf(call: Call): CallbackRow {
    const row = rows.find((one) => one.id === idOf(call));
    if (row === undefined) throw recordNotFound('CallbackEntry', idOf(call));
    return row;
  }

  return {
    notify,
    create,
    list: (world: World, call: Call): Reply => listReply(call, source(), world.faults.modes.quoteEscaping),
    read: (_: World, call: Call): Reply => recordReply(call, source(), rowOf(call)),
    remove(_: World, call: Call): Reply {
      const row = rowOf(call);
      rows = rows.filter((one) => one !== row);
      return { status: 204 };
    },
    /** The JSON text behind `key_url`, or null for an id that is not ours. */
    keyText: (id: string | null): string | null => (id === keyId ? JSON.stringify({ signing_key: signingKey }) : null),
    rows: (): readonly CallbackRow[] => rows,
    deliveries: (): readonly Delivery[] => deliverer.deliveries,
    settled: (): Promise<void> => deliverer.settled(),
    reset(): void {
      rows = [];
      deliverer.reset();
    },
  };
}

function draft(world: World, body: unknown): CallbackRow {
  const given = isObject(body) ? body : {};
  const errors: ErrorDetail[] = [];
  const row: JsonObject = {
    id: 0,
    objectId: 1,
    payloadVersion: '3.0.0',
    inactiveFlag: false,
    isSelfSuppressedFlag: false,
  };
  copyPlainFields(resource, callbackSchema, given, row, world.faults.modes.lengthUnit, errors);
  for (const name of ['url', 'type', 'level']) if (row[name] === undefined) errors.push(missingField(resource, name));
  if (row['url'] !== undefined && !isWebAddress(String(row['url'])))
    errors.push(invalidField(resource, 'url', 'Invalid URL'));
  const type = String(row['type'] ?? '').toLowerCase();
  if (row['level'] !== undefined && (type !== 'ticket' || !ticketLevels.includes(String(row['level']).toLowerCase())))
    errors.push({ code: 'InvalidObject', message: `Unrecognized level for type ${type}`, resource, field: 'level' });
  if (errors.length > 0) throw invalidObject(resource, errors);
  if (row['objectId'] === 0) row['objectId'] = 1;
  const at = instant(world.now());
  row['_info'] = {
    lastUpdated: at,
    updatedBy: world.settings.member,
    dateEntered: at,
    enteredBy: world.settings.member,
  };
  return row as CallbackRow;
}

const isWebAddress = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

const isSame = (one: CallbackRow, other: CallbackRow): boolean =>
  one.url === other.url &&
  one.objectId === other.objectId &&
  one.type.toLowerCase() === other.type.toLowerCase() &&
  one.level.toLowerCase() === other.level.toLowerCase();

function concerns({ level, objectId }: CallbackRow, { row }: StoredTicket): boolean {
  switch (level.toLowerCase()) {
    case 'owner':
      return true;
    case 'board':
      return row.board.id === objectId;
    case 'status':
      return row.status.id === objectId;
    case 'ticket':
      return row.id === objectId;
    case 'integratortag':
      return Array.isArray(row['integratorTags']) && row['integratorTags'].length > 0;
    default:
      return false;
  }
}
