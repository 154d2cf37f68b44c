import type { Named } from './catalog.ts';
import { invalidField, invalidObject, missingField, type ErrorDetail } from './errors.ts';
import { copyPlainFields, requireText } from './field-values.ts';
import { instant, isObject, type JsonObject } from './json.ts';
import { checkAssociation, referenceFields, resolveReference, shortReference } from './references.ts';
import { ticketSchema } from './schemas.ts';
import { defaultStatus, withStatus } from './ticket-rules.ts';
import type { TicketRow } from './ticket-store.ts';
import type { World } from './world.ts';

/** A whole ticket row from a POST or PUT body, defaults filled in; every fault of the body is named at once. */
export function draftTicket(world: World, id: number, body: unknown, member: string): TicketRow {
  if (!isObject(body)) throw invalidObject('ticket', [invalidField('ticket', '', 'The body must be a JSON object.')]);
  const errors: ErrorDetail[] = [];
  const { catalog, faults } = world;
  const at = instant(world.now());
  const draft: JsonObject = { id, recordType: 'ServiceTicket', severity: 'Medium', impact: 'Medium' };
  copyPlainFields('ticket', ticketSchema, body, draft, faults.modes.lengthUnit, errors);
  requireText('ticket', draft, 'summary', errors);
  if (faults.modes.companyRequired && !isGiven(body['company'])) errors.push(missingField('ticket', 'company'));

  const board = isGiven(body['board'])
    ? resolveReference(catalog, 'board', body['board'], null, errors)
    : (catalog.boards.find((one) => one.defaultFlag) ?? null);
  if (board === null) throw invalidObject('ticket', errors);
  draft['board'] = shortReference(board);
  fillReferences(world, draft, body, board, errors);
  checkCustomFields(world, draft, errors);
  checkTags(draft, errors);
  if (errors.length > 0) throw invalidObject('ticket', errors);

  const status =
    catalog.statuses.find((one) => one.id === (draft['status'] as Named | undefined)?.id) ??
    defaultStatus(world, board);
  const row = {
    ...draft,
    mobileGuid: draft['mobileGuid'] ?? crypto.randomUUID(),
    actualHours: 0,
    hasChildTicket: false,
    hasMergedChildTicketFlag: false,
    customFields: draft['customFields'] ?? emptyCustomFields(world),
    _info: { lastUpdated: at, updatedBy: member, dateEntered: at, enteredBy: member },
  } as unknown as TicketRow;
  return withStatus(world, row, status, member);
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

function fillReferences(world: World, draft: JsonObject, body: JsonObject, board: Named, errors: ErrorDetail[]): void {
  for (const field of referenceFields) {
    if (field === 'board' || !Object.hasOwn(ticketSchema, field) || !isGiven(body[field])) continue;
    const found = resolveReference(world.catalog, field, body[field], board, errors);
    if (found !== null) draft[field] = shortReference(found);
  }
  for (const [field, rows] of [
    ['priority', world.catalog.priorities],
    ['source', world.catalog.sources],
  ] as const) {
    const fallback = rows.find((row) => row['defaultFlag'] === true);
    if (draft[field] === undefined && fallback !== undefined) draft[field] = shortReference(fallback);
  }
  checkAssociation(world.catalog, draft, board, errors);
}

const emptyCustomFields = ({ catalog }: World): JsonObject[] =>
  catalog.customFieldDefinitions.map(({ id, caption }) => ({
    id,
    caption,
    type: 'Text',
    entryMethod: 'EntryField',
    numberOfDecimals: 0,
  }));

/** Entries are known by id or caption; those left out keep what they had. */
export function checkCustomFields(world: World, draft: JsonObject, errors: ErrorDetail[], before?: unknown): void {
  const given = draft['customFields'];
  if (!Array.isArray(given)) return;
  const merged = (Array.isArray(before) ? before : emptyCustomFields(world)).map((one: JsonObject) => ({ ...one }));
  for (const entry of given) {
    const known = merged.find(
      (one) => isObject(entry) && (one['id'] === entry['id'] || one['caption'] === entry['caption']),
    );
    if (known === undefined) errors.push(invalidField('ticket', 'customFields', 'There is no such custom field.'));
    else if (isObject(entry)) known['value'] = entry['value'];
  }
  draft['customFields'] = merged;
}

export function checkTags(draft: JsonObject, errors: ErrorDetail[]): void {
  const tags = draft['integratorTags'];
  if (Array.isArray(tags) && !tags.every((tag) => typeof tag === 'string' && tag.length <= 50))
    errors.push(invalidField('ticket', 'integratorTags', 'Tags are strings of at most 50 characters.'));
}
