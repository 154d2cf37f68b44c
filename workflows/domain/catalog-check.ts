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

/**
 * The names that the lists do not hold, each with its place and the nearest that they do, case ignored. A list that was not
 * read, or is empty, says nothing.
 */
export function findUnknownNames(values: readonly NamedValue[], lists: readonly KnownList[]): ExpressionFault[] {
  return values.flatMap((value) => {
    const entries = entriesFor(value, lists);
    if (entries.length === 0 || entries.some((entry) => isNamed(value, entry))) return [];
    return [{ path: value.path, message: sentence(value, entries) }];
  });
}

function entriesFor({ kind, board }: NamedValue, lists: readonly KnownList[]): CatalogItem[] {
  const ofBoards = (BOARD_KINDS as readonly string[]).includes(kind);
  return lists
    .filter((list) => list.kind === kind && (!ofBoards || board === null || isSame(list.parent ?? '', board)))
    .flatMap(({ items }) => items);
}

/** Boards and statuses may be named by their id too, companies by nothing else (their identifier). */
function isNamed({ kind, name }: NamedValue, { id, name: known }: CatalogItem): boolean {
  const byId = kind === 'boards' || kind === 'statuses' || kind === 'companies';
  return (byId && isSame(id, name)) || (kind !== 'companies' && isSame(known, name));
}

function sentence({ kind, board, name }: NamedValue, entries: readonly CatalogItem[]): string {
  const where = (BOARD_KINDS as readonly string[]).includes(kind)
    ? board === null
      ? ' on any board'
      : ` on the board “${board}”`
    : '';
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

function isSame(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
