import type { Named } from './catalog.ts';
import { ApiFault, invalidField, invalidObject, missingField, type ErrorDetail } from './errors.ts';
import { valueFault } from './field-values.ts';
import { isObject, type JsonObject } from './json.ts';
import { checkAssociation, referenceFields, resolveReference, shortReference } from './references.ts';
import { ticketSchema } from './schemas.ts';
import { checkCustomFields, checkTags } from './ticket-draft.ts';
import { defaultStatus, withStatus } from './ticket-rules.ts';
import type { TicketRow } from './ticket-store.ts';
import type { World } from './world.ts';

export type Operation = { op: 'add' | 'replace' | 'remove'; keys: string[]; value: unknown };

/** The vendor's dialect: an array, paths bare or with one leading slash, names case-sensitive (facts §6). */
export function readOperations(body: unknown, resource: string): Operation[] {
  if (!Array.isArray(body)) throw badPatch(resource, 'The body of a PATCH must be an array of operations.');
  return body.map((entry: unknown) => {
    const { op, path, value } = isObject(entry) ? entry : {};
    if (op !== 'add' && op !== 'replace' && op !== 'remove')
      throw badPatch(resource, `${String(op)} is not an operation.`);
    if (typeof path !== 'string' || path === '') throw badPatch(resource, 'An operation needs a path.');
    return { op, keys: path.replace(/^\//, '').split('/'), value: op === 'remove' ? null : value };
  });
}

export const badPatch = (resource: string, message: string): ApiFault =>
  invalidObject(resource, [invalidField(resource, 'path', message)]);

/** The row as it would be after the operations; nothing is stored here, every fault throws. */
export function patchRow(
  world: World,
  row: TicketRow,
  body: unknown,
  member: string,
): { row: TicketRow; skipCallback: boolean } {
  const operations = readOperations(body, 'ticket');
  const { modes } = world.faults;
  if (modes.customFieldsOpRequired && !operations.some(({ keys }) => keys[0] === 'customFields'))
    throw invalidObject('ticket', [missingField('ticket', 'customFields')]);
  const changes: JsonObject = {};
  for (const operation of operations) collect(world, operation, changes);
  const errors: ErrorDetail[] = [];
  const next: TicketRow = { ...row };
  for (const [name, value] of Object.entries(changes)) setPlain(world, next, name, value, errors);
  const patched = setReferences(world, row, next, changes, member, errors);
  if ('customFields' in changes) checkCustomFields(world, patched, errors, row['customFields']);
  checkTags(patched, errors);
  if (errors.length > 0) throw invalidObject('ticket', errors);
  return { row: patched, skipCallback: changes['skipCallback'] === true };
}

const subNames = new Set(['id', 'name', 'identifier']);

function collect(world: World, { keys, value }: Operation, changes: JsonObject): void {
  const [name = '', sub, ...deeper] = keys;
  const field = Object.hasOwn(ticketSchema, name) ? ticketSchema[name] : undefined;
  const path = keys.join('/');
  if (field === undefined || field.write === 'never' || field.write === 'create')
    throw badPatch('ticket', `The path ${path} is not a property that can be patched.`);
  if (field.write === 'derived') return;
  if (sub === undefined) {
    changes[name] = value;
    return;
  }
  const isKnown = field.kind === 'reference' && deeper.length === 0 && subNames.has(sub);
  if (!isKnown || world.faults.modes.subPathMode === 'refuse')
    throw badPatch('ticket', `The path ${path} is not a property that can be patched.`);
  if (world.faults.modes.subPathMode === 'apply') changes[name] = { [sub]: value };
}

const required = new Set(['summary', 'board', 'status', 'severity', 'impact', 'priority']);

function setPlain(world: World, next: TicketRow, name: string, value: unknown, errors: ErrorDetail[]): void {
  const field = ticketSchema[name];
  if (field === undefined) return;
  const isBlank = value === null || value === undefined || (name === 'summary' && String(value).trim() === '');
  const fault = valueFault('ticket', name, field, value, world.faults.modes.lengthUnit);
  if (fault !== null) errors.push(fault);
  else if (isBlank && (required.has(name) || (name === 'company' && world.faults.modes.companyRequired)))
    errors.push(missingField('ticket', name));
  else if (isBlank) delete next[name];
  else if (field.kind !== 'reference' && field.hidden !== true) next[name] = value;
}

/** A status is checked against the board the ticket had: a change of board goes in a PATCH of its own, first. */
function setReferences(
  world: World,
  before: TicketRow,
  next: TicketRow,
  changes: JsonObject,
  member: string,
  errors: ErrorDetail[],
): TicketRow {
  const { catalog } = world;
  const given = (name: string) => isObject(changes[name]);
  const board = given('board') ? resolveReference(catalog, 'board', changes['board'], null, errors) : before.board;
  if (board === null) return next;
  const isMoved = board.id !== before.board.id;
  let row = next;
  if (isMoved) {
    const rest: TicketRow = { ...next };
    for (const field of ['type', 'subType', 'item', 'team']) delete rest[field];
    row = withStatus(
      world,
      { ...rest, board: shortReference(board) } as TicketRow,
      defaultStatus(world, board),
      member,
    );
  }
  if (given('status')) {
    const found = resolveReference(catalog, 'status', changes['status'], isMoved ? before.board : board, errors);
    const status = catalog.statuses.find((one) => one.id === found?.id && one.board.id === board.id);
    if (found !== null && status === undefined)
      resolveReference(catalog, 'status', { id: found.id } satisfies Partial<Named>, board, errors);
    if (status !== undefined) row = withStatus(world, row, status, member);
  }
  for (const field of referenceFields) {
    if (field === 'board' || field === 'status' || !given(field)) continue;
    const found = resolveReference(catalog, field, changes[field], board, errors);
    if (found !== null) row[field] = shortReference(found);
  }
  if (['type', 'subType', 'item'].some(given)) checkAssociation(catalog, row, board, errors);
  return row;
}
