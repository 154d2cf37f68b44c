import { z } from 'zod';
import { TicketSystemError, type CatalogItem, type CatalogKind } from '../ticket-system.ts';
import type { PsaClient } from './psa-client.ts';
import { readList } from './read-list.ts';

const FRESH_MS = 300_000;
/** A name that is missing is looked up again, but not more often than this. */
const LOOK_AGAIN_MS = 2_000;

const flag = z.boolean().nullish().catch(null);
const entrySchema = z.object({
  id: z.union([z.number(), z.string()]).transform(String),
  name: z.string().catch(''),
  identifier: z.string().nullish().catch(null),
  sortOrder: z.number().nullish().catch(null),
  inactive: flag,
  inactiveFlag: flag,
  projectFlag: flag,
  closedStatus: flag,
  defaultFlag: flag,
});

export type CatalogEntry = z.output<typeof entrySchema>;

/** Boards and their statuses, kept for minutes; everything else is read when asked for. */
export interface Catalog {
  /** The active board of this name or id; null when there is none, `'unreadable'` when we may not read boards. */
  findBoard(wanted: string): Promise<CatalogEntry | null | 'unreadable'>;
  /** The active statuses of a board; `'unreadable'` when we may not read them. `missing` asks again when it is not among them. */
  statusesOf(boardId: string, missing: string | null): Promise<CatalogEntry[] | 'unreadable'>;
  list(kind: CatalogKind, parent: string | null, signal: AbortSignal | undefined): Promise<CatalogItem[]>;
}

export function createCatalog(client: PsaClient): Catalog {
  const kept = new Map<string, { at: number; entries: Promise<CatalogEntry[]> }>();

  const read = async (
    path: string,
    signal: AbortSignal | undefined,
    query: Record<string, string> = {},
  ): Promise<CatalogEntry[]> => {
    const records = await readList(client, { path, query, pageSize: 1000, mostPages: null, signal });
    return records.flatMap((record) => {
      const entry = entrySchema.safeParse(record);
      return entry.success && entry.data.inactive !== true && entry.data.inactiveFlag !== true ? [entry.data] : [];
    });
  };

  /** One reading serves all who ask meanwhile, so no single caller's signal may end it. */
  const keep = (path: string, youngerThanMs: number): Promise<CatalogEntry[]> => {
    const known = kept.get(path);
    if (known && performance.now() - known.at < youngerThanMs) return known.entries;
    const entries = read(path, undefined);
    kept.set(path, { at: performance.now(), entries });
    entries.catch(() => kept.get(path)?.entries === entries && kept.delete(path));
    return entries;
  };

  const withMissing = async (
    path: string,
    has: (entries: CatalogEntry[]) => boolean,
  ): Promise<CatalogEntry[] | 'unreadable'> => {
    try {
      const entries = await keep(path, FRESH_MS);
      return has(entries) ? entries : await keep(path, LOOK_AGAIN_MS);
    } catch (error) {
      if (error instanceof TicketSystemError && error.status === 403) return 'unreadable';
      throw error;
    }
  };

  const findBoard: Catalog['findBoard'] = async (wanted) => {
    const boards = await withMissing('/service/boards', (entries) => findNamed(entries, wanted) !== null);
    return boards === 'unreadable' ? boards : findNamed(boards, wanted);
  };

  return {
    findBoard,
    statusesOf: (boardId, missing) =>
      withMissing(
        `/service/boards/${encodeURIComponent(boardId)}/statuses`,
        (entries) => missing === null || findNamed(entries, missing) !== null,
      ),
    async list(kind, parent, signal) {
      if (kind === 'severities' || kind === 'impacts') return LEVELS.map((name) => ({ id: name, name }));
      if (kind === 'boards')
        return (await read('/service/boards', signal)).filter((entry) => entry.projectFlag !== true).map(itemOf);
      if (kind === 'priorities') return (await read('/service/priorities', signal)).map(itemOf);
      if (kind === 'companies') return listCompanies(await read('/company/companies', signal, COMPANIES));
      const board = parent === null ? null : await findBoard(parent);
      if (board === 'unreadable') throw unreadableBoards();
      if (board === null) return [];
      const entries = await read(`/service/boards/${encodeURIComponent(board.id)}/${kind}`, signal);
      return entries.map(kind === 'statuses' ? statusOf : itemOf);
    },
  };
}

/** The field of a ticket takes these words; the labels of `/service/severities` are for show only (facts/connectwise.md §2). */
const LEVELS = ['Low', 'Medium', 'High'];

function unreadableBoards(): TicketSystemError {
  return new TicketSystemError('connection-refused-us', 'ConnectWise does not let us read its boards.', {
    effect: 'none',
    status: 403,
  });
}

const COMPANIES = { conditions: '(deletedFlag=false)', fields: 'id,identifier,name' };

/** The entry of this name, else of this name in another case, else of this id. */
export function findNamed(entries: readonly CatalogEntry[], wanted: string): CatalogEntry | null {
  const name = wanted.trim();
  const lower = name.toLowerCase();
  return (
    entries.find((entry) => entry.name === name) ??
    entries.find((entry) => entry.name.trim().toLowerCase() === lower) ??
    entries.find((entry) => entry.id === name) ??
    null
  );
}

function itemOf(entry: CatalogEntry): CatalogItem {
  return { id: entry.id, name: entry.name, ...(entry.defaultFlag === true ? { isDefault: true } : {}) };
}

function statusOf(entry: CatalogEntry): CatalogItem {
  return {
    id: entry.id,
    name: entry.name,
    isClosed: entry.closedStatus === true,
    isDefault: entry.defaultFlag === true,
  };
}

/** A company is named by its identifier wherever a ticket wants one, so that is its id here. */
function listCompanies(entries: readonly CatalogEntry[]): CatalogItem[] {
  return entries.map((entry) => ({ id: entry.identifier ?? entry.id, name: entry.name }));
}
