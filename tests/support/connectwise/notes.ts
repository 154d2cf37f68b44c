import { idOf, type Call, type Reply } from './call.ts';
import { invalidField, invalidObject, recordNotFound, type ErrorDetail } from './errors.ts';
import { copyPlainFields, requireText, valueFault } from './field-values.ts';
import { instant, isObject, type JsonObject } from './json.ts';
import { countReply, listReply, recordReply, type Source } from './listing.ts';
import { badPatch, readOperations } from './patch.ts';
import { resolveReference, shortReference } from './references.ts';
import { allNotesSchema, noteSchema } from './schemas.ts';
import { commitRow, requireWritable, ticketFor } from './ticket-rules.ts';
import type { NoteRow, StoredTicket } from './ticket-store.ts';
import type { World } from './world.ts';

const resource = 'ticketNote';
const placeFlags = ['detailDescriptionFlag', 'internalAnalysisFlag', 'resolutionFlag'] as const;

const noteSource = (ticket: StoredTicket): Source => ({ schema: noteSchema, rows: () => ticket.notes });

const escaping = (world: World) => world.faults.modes.quoteEscaping;

export const listNotes = (world: World, call: Call): Reply =>
  listReply(call, noteSource(ticketFor(world, call)), escaping(world));

export const countNotes = (world: World, call: Call): Reply =>
  countReply(call, noteSource(ticketFor(world, call)), escaping(world));

export const readNote = (world: World, call: Call): Reply => {
  const ticket = ticketFor(world, call);
  return recordReply(call, noteSource(ticket), noteOf(ticket, call));
};

/** Its own notes and those of tickets merged into it or bundled under it. */
export function listAllNotes(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  const widen = (note: NoteRow, from: 'own' | 'merged'): JsonObject => ({
    ...note,
    noteType: 'TicketNote',
    isMarkdownFlag: false,
    mergedFlag: from === 'merged',
    bundledFlag: false,
    originalAuthor: note.createdBy,
  });
  const merged = [...world.tickets.all()].filter(
    ({ row }) => (row['mergedParentTicket'] as { id: number } | undefined)?.id === ticket.row.id,
  );
  const rows = [
    ...ticket.notes.map((note) => widen(note, 'own')),
    ...merged.flatMap(({ notes }) => notes.map((note) => widen(note, 'merged'))),
  ].sort((one, other) => Number(one['id']) - Number(other['id']));
  return listReply(call, { schema: allNotesSchema, rows: () => rows }, escaping(world));
}

export function createNote(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  requireWritable(world, ticket, call.member);
  const note = addNote(world, ticket, call.body, call.member);
  commitRow(world, ticket, ticket.row, call.member);
  return recordReply(call, noteSource(ticket), note, 201);
}

/** Appends a note; its flags are stored as given, and none of them true is refused. */
export function addNote(world: World, ticket: StoredTicket, body: unknown, member: string): NoteRow {
  const note = draftNote(world, ticket, body, member);
  note.id = world.tickets.nextNoteId();
  ticket.notes.push(note);
  return note;
}

function draftNote(world: World, ticket: StoredTicket, body: unknown, member: string): NoteRow {
  if (!isObject(body)) throw invalidObject(resource, [invalidField(resource, '', 'The body must be a JSON object.')]);
  const at = instant(world.now());
  const errors: ErrorDetail[] = [];
  const draft: JsonObject = {
    id: 0,
    ticketId: ticket.row.id,
    detailDescriptionFlag: false,
    internalAnalysisFlag: false,
    resolutionFlag: false,
    issueFlag: false,
  };
  copyPlainFields(resource, noteSchema, body, draft, world.faults.modes.lengthUnit, errors);
  requireText(resource, draft, 'text', errors);
  for (const field of ['member', 'contact']) {
    if (body[field] === undefined || body[field] === null) continue;
    const found = resolveReference(world.catalog, field, body[field], null, errors, resource);
    if (found !== null) draft[field] = shortReference(found);
  }
  if (!placeFlags.some((flag) => draft[flag] === true)) errors.push(nowhere);
  if (errors.length > 0) throw invalidObject(resource, errors);
  const author = (draft['member'] as { identifier?: string } | undefined)?.identifier ?? member;
  return {
    ...draft,
    internalFlag: draft['internalAnalysisFlag'] === true,
    externalFlag: draft['detailDescriptionFlag'] === true || draft['resolutionFlag'] === true,
    dateCreated: at,
    createdBy: author,
    _info: { lastUpdated: at, updatedBy: member, dateEntered: at, enteredBy: member },
  } as unknown as NoteRow;
}

const nowhere = invalidField(
  resource,
  'detailDescriptionFlag',
  'Please choose where to display the notes by setting a flag: detailDescriptionFlag, internalAnalysisFlag or resolutionFlag.',
);

const initialTexts = {
  initialDescription: 'detailDescriptionFlag',
  initialInternalAnalysis: 'internalAnalysisFlag',
  initialResolution: 'resolutionFlag',
} as const;

export function addInitialNotes(world: World, ticket: StoredTicket, body: JsonObject, member: string): void {
  for (const [name, flag] of Object.entries(initialTexts)) {
    const text = body[name];
    if (typeof text === 'string' && text.trim() !== '') addNote(world, ticket, { text, [flag]: true }, member);
  }
}

function noteOf(ticket: StoredTicket, call: Call): NoteRow {
  const note = ticket.notes.find((one) => one.id === idOf(call, 'noteId'));
  if (note === undefined) throw recordNotFound('TicketNote', idOf(call, 'noteId'));
  return note;
}

export function patchNote(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  const note = noteOf(ticket, call);
  const changed: JsonObject = { ...note };
  for (const { keys, value } of readOperations(call.body, resource)) {
    const name = keys.join('/');
    const field = Object.hasOwn(noteSchema, name) ? noteSchema[name] : undefined;
    if (field?.write !== 'always') throw badPatch(resource, `The path ${name} is not a property that can be patched.`);
    const fault = valueFault(resource, name, field, value, world.faults.modes.lengthUnit);
    if (fault !== null) throw invalidObject(resource, [fault]);
    changed[name] = value;
  }
  return replaceWith(world, ticket, note, changed, call);
}

export const replaceNote = (world: World, call: Call): Reply => {
  const ticket = ticketFor(world, call);
  return replaceWith(world, ticket, noteOf(ticket, call), call.body, call);
};

function replaceWith(world: World, ticket: StoredTicket, note: NoteRow, body: unknown, call: Call): Reply {
  const { id, dateCreated, createdBy } = note;
  const next: NoteRow = { ...draftNote(world, ticket, body, call.member), id, dateCreated, createdBy };
  ticket.notes[ticket.notes.indexOf(note)] = next;
  return recordReply(call, noteSource(ticket), next);
}

export function deleteNote(world: World, call: Call): Reply {
  const ticket = ticketFor(world, call);
  ticket.notes.splice(ticket.notes.indexOf(noteOf(ticket, call)), 1);
  return { status: 204 };
}
