import type { Catalog, Named } from './catalog.ts';
import { unresolved, type ErrorDetail } from './errors.ts';
import { isObject, type JsonObject } from './json.ts';

type Candidate = Named & JsonObject;
type Scope = { board: Named | null };
type Kind = {
  label: string;
  rows: (catalog: Catalog, scope: Scope) => readonly Candidate[];
  isBoardScoped?: boolean;
  keys?: readonly string[];
};

const onBoard = <Row extends Candidate>(rows: readonly Row[], board: Named | null, boardId: (row: Row) => number) =>
  rows.filter((row) => board !== null && boardId(row) === board.id);

const active = (row: JsonObject) =>
  row['inactive'] !== true && row['inactiveFlag'] !== true && row['deletedFlag'] !== true;

const kinds: Readonly<Record<string, Kind>> = {
  board: { label: 'Service Board', rows: ({ boards }) => boards },
  status: {
    label: 'Service Status',
    isBoardScoped: true,
    rows: ({ statuses }, { board }) => onBoard(statuses, board, (row) => row.board.id),
  },
  type: {
    label: 'Service Type',
    isBoardScoped: true,
    rows: (all, { board }) => onBoard(all.types, board, (row) => row.board.id),
  },
  subType: {
    label: 'Service SubType',
    isBoardScoped: true,
    rows: (all, { board }) => onBoard(all.subTypes, board, (row) => row.board.id),
  },
  item: {
    label: 'Service Item',
    isBoardScoped: true,
    rows: (all, { board }) => onBoard(all.items, board, (row) => row.board.id),
  },
  team: {
    label: 'Service Team',
    isBoardScoped: true,
    rows: (all, { board }) => onBoard(all.teams, board, (row) => row.boardId),
  },
  company: { label: 'Company', rows: ({ companies }) => companies, keys: ['identifier'] },
  owner: { label: 'Member', rows: ({ members }) => members, keys: ['identifier'] },
  member: { label: 'Member', rows: ({ members }) => members, keys: ['identifier'] },
  contact: { label: 'Contact', rows: ({ contacts }) => contacts },
  site: { label: 'Site', rows: ({ sites }) => sites },
  priority: { label: 'Priority', rows: ({ priorities }) => priorities },
  source: { label: 'Source', rows: ({ sources }) => sources },
};

export const referenceFields = Object.keys(kinds);

/** Finds what `{id}`, `{name}` or `{identifier}` points at; otherwise notes the nested NotFound and answers null. */
export function resolveReference(
  catalog: Catalog,
  field: string,
  value: unknown,
  board: Named | null,
  errors: ErrorDetail[],
  resource = 'ticket',
): Candidate | null {
  const kind = kinds[field];
  if (kind === undefined) throw new TypeError(`${field} is not a reference`);
  const where = kind.isBoardScoped === true && board !== null ? ` for Service Board ${board.id}` : '';
  const refuse = (wanted: string): null => {
    errors.push(unresolved(resource, field, `${kind.label} ${wanted} not found${where}`));
    return null;
  };
  if (!isObject(value)) return refuse(JSON.stringify(value));
  const rows = kind.rows(catalog, { board }).filter(active);
  const { id } = value;
  if (id !== undefined && id !== null) return rows.find((row) => row.id === id) ?? refuse(String(id));
  for (const key of [...(kind.keys ?? []), 'name']) {
    const wanted = value[key];
    if (typeof wanted !== 'string') continue;
    return rows.find((row) => String(row[key]).toLowerCase() === wanted.toLowerCase()) ?? refuse(wanted);
  }
  return refuse('without an id');
}

export const shortReference = ({ id, name, identifier }: Candidate): Named & { identifier?: string } =>
  typeof identifier === 'string' ? { id, identifier, name } : { id, name };

/** A subtype needs its type, an item both, and the three must be associated on that board. */
export function checkAssociation(catalog: Catalog, row: JsonObject, board: Named, errors: ErrorDetail[]): void {
  const [type, subType, item] = ['type', 'subType', 'item'].map((name) => row[name] as Named | undefined);
  if (subType === undefined && item === undefined) return;
  const legal = catalog.associations.some(
    (one) =>
      one.board.id === board.id &&
      one.type.id === type?.id &&
      (subType === undefined || one.subType?.id === subType.id) &&
      (item === undefined || (subType !== undefined && one.item?.id === item.id)),
  );
  if (legal) return;
  const field = item === undefined ? 'subType' : 'item';
  const names = [type, subType, item].map((one) => one?.name ?? '(none)').join(' / ');
  errors.push(unresolved('ticket', field, `The combination ${names} is not associated for Service Board ${board.id}`));
}
