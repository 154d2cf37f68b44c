import type { CatalogItem, CatalogKind, CatalogProgress } from '../../workflows/contracts/catalog.ts';
import type { Queryable } from './pool.ts';

/** One pick list as it was read; `parent` is the board's name, null for the lists of the whole system. */
export interface CatalogList {
  kind: CatalogKind;
  parent: string | null;
  items: readonly CatalogItem[];
}

/** Keeps whole lists as they were read at `at`, in one statement; an older reading never replaces a newer one. */
export async function writeCatalogLists(
  db: Queryable,
  connection: string,
  lists: readonly CatalogList[],
  at: string,
): Promise<void> {
  await db.query(
    `insert into psa_catalog (connection, kind, parent, items, fetched_at)
     select $1, list.kind, list.parent, list.items, $5
     from unnest($2::text[], $3::text[], $4::jsonb[]) as list(kind, parent, items)
     on conflict (connection, kind, parent) do update set items = excluded.items, fetched_at = excluded.fetched_at
     where psa_catalog.fetched_at <= excluded.fetched_at`,
    [
      connection,
      lists.map(({ kind }) => kind),
      lists.map(({ parent }) => parent ?? ''),
      lists.map(({ items }) => JSON.stringify(items)),
      at,
    ],
  );
}

/** Forgets the lists of boards that are not among `boards`, unless they were read later than `at`. */
export async function forgetOtherBoards(
  db: Queryable,
  connection: string,
  boards: readonly string[],
  at: string,
): Promise<void> {
  await db.query(
    `delete from psa_catalog where connection = $1 and parent <> '' and parent <> all($2::text[]) and fetched_at <= $3`,
    [connection, boards, at],
  );
}

/** When the connection's boards were last read; null before the first reading. */
export async function catalogReadAt(db: Queryable, connection: string): Promise<Date | null> {
  const { rows } = await db.query<{ fetched_at: Date }>(
    `select fetched_at from psa_catalog where connection = $1 and kind = 'boards'`,
    [connection],
  );
  return rows[0]?.fetched_at ?? null;
}

/** Says how far a reading is. A reading that began earlier does not speak over a later one. */
export async function keepCatalogProgress(db: Queryable, connection: string, progress: CatalogProgress): Promise<void> {
  await db.query(
    `update connection set catalog = $2 where name = $1 and (catalog is null or catalog->>'startedAt' <= $3)`,
    [connection, JSON.stringify(progress), progress.startedAt],
  );
}

/** How the last reading went or goes; null before the first. */
export async function readCatalogProgress(db: Queryable, connection: string): Promise<CatalogProgress | null> {
  const { rows } = await db.query<{ catalog: CatalogProgress | null }>(
    'select catalog from connection where name = $1',
    [connection],
  );
  return rows[0]?.catalog ?? null;
}

/** Kept lists of these kinds, of these boards and of the whole system; all boards where `boards` is null. */
export async function loadCatalogLists(
  db: Queryable,
  connection: string,
  kinds: readonly CatalogKind[],
  boards: readonly string[] | null,
): Promise<CatalogList[]> {
  const { rows } = await db.query<CatalogList>(
    `select kind, nullif(parent, '') as parent, items from psa_catalog
     where connection = $1 and kind = any($2) and ($3::text[] is null or parent = '' or lower(parent) = any($3))`,
    [connection, kinds, boards?.map((board) => board.trim().toLowerCase()) ?? null],
  );
  return rows;
}
