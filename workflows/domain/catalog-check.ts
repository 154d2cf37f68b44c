import { BOARD_KINDS, type CatalogItem, type CatalogKind } from '../contracts/catalog.ts';
import type { ExpressionFault } from './compiled-endpoint.ts';
import type { NamedValue } from './named-values.ts';
import { nearestNames } from './nearest-names.ts';

/** A pick list as it was read; `parent` is the board's name, null for the lists of the whole system. */
export interface KnownList {
  kind: CatalogKind;
  parent: string | null;
  items: readonly CatalogItem[];
}

const WORDS: Record<CatalogKind, string> = {
  boards: 'board',
  priorities: 'priority',
  severities: 'severity',
  impacts: 'impact',
  companies: 'company',
  statuses: 'status',
  types: 'type',
  subtypes: 'subtype',
  items: 'item',
};
const MOST_NAMED = 3;
/** A list longer than this is searched for near names only so often in one check. */
const LONG_LIST = 2_000;
const MOST_SEARCHES = 20;

/**
 * The names that the lists do not hold, each with its place and the nearest that they do, case ignored. A list that was not
 * read, or is empty, says nothing.
 */
export function findUnknownNames(values: readonly NamedValue[], lists: readonly KnownList[]): ExpressionFault[] {
  return createNameCheck(lists)(values);
}

/** `findUnknownNames` for many configurations: the lists are looked through once. */
export function createNameCheck(lists: readonly KnownList[]): (values: readonly NamedValue[]) => ExpressionFault[] {
  const indexes = new Map<string, NameIndex>();
  const messages = new Map<string, string>();
  let searches = 0;
  const mayHint = ({ length }: readonly unknown[]): boolean => length <= LONG_LIST || (searches += 1) <= MOST_SEARCHES;
  const remembered = <T>(known: Map<string, T>, name: string, make: () => T): T => {
    const found = known.get(name) ?? make();
    known.set(name, found);
    return found;
  };
  return (values) =>
    values.flatMap((value) => {
      const { kind, board } = value;
      const place = JSON.stringify([kind, BOARD_SET.has(kind) ? (board === null ? null : fold(board)) : null]);
      const index = remembered(indexes, place, () => indexOf(kind, entriesFor(value, lists)));
      if (index.entries.length === 0 || index.names.has(fold(value.name))) return [];
      const message = remembered(messages, `${place} ${board} ${value.name}`, () =>
        sentence(value, mayHint(index.entries) ? index.entries : []),
      );
      return [{ path: value.path, message }];
    });
}

const BOARD_SET: ReadonlySet<CatalogKind> = new Set(BOARD_KINDS);

interface NameIndex {
  entries: readonly CatalogItem[];
  names: ReadonlySet<string>;
}

function entriesFor({ kind, board }: NamedValue, lists: readonly KnownList[]): CatalogItem[] {
  return lists
    .filter((list) => list.kind === kind)
    .filter((list) => !BOARD_SET.has(kind) || board === null || fold(list.parent ?? '') === fold(board))
    .flatMap(({ items }) => items);
}

/** Boards and statuses may be named by their id too, companies by nothing else (their identifier). */
function indexOf(kind: CatalogKind, entries: readonly CatalogItem[]): NameIndex {
  const byId = kind === 'boards' || kind === 'statuses' || kind === 'companies';
  const names = new Set<string>();
  for (const { id, name } of entries) {
    if (byId) names.add(fold(id));
    if (kind !== 'companies') names.add(fold(name));
  }
  return { entries, names };
}

function sentence({ kind, board, name }: NamedValue, entries: readonly CatalogItem[]): string {
  const where = BOARD_SET.has(kind) ? (board === null ? ' on any board' : ` on the board “${board}”`) : '';
  const near = kind === 'companies' ? nearCompanies(name, entries) : nearOthers(name, entries);
  const hint = near.length === 0 ? '' : ` The nearest: ${near.join(', ')}.`;
  return `The ticket system has no active ${WORDS[kind]} “${name}”${where}.${hint}`;
}

function nearOthers(name: string, entries: readonly CatalogItem[]): string[] {
  const names = entries.map((entry) => entry.name);
  return nearestNames(name, names, MOST_NAMED).map((near) => `“${near}”`);
}

function nearCompanies(name: string, entries: readonly CatalogItem[]): string[] {
  const texts = entries.flatMap((entry) => [entry.id, entry.name]);
  const found = nearestNames(name, texts, MOST_NAMED * 2).flatMap(
    (text) => entries.find((entry) => entry.id === text || entry.name === text) ?? [],
  );
  return [...new Set(found)].slice(0, MOST_NAMED).map((entry) => `“${entry.id}” (${entry.name})`);
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
