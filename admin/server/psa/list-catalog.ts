import { z } from 'zod';
import { chosenConnection } from '../../../infra/config/index.ts';
import { BOARD_KINDS, type CatalogKind } from '../../../workflows/contracts/catalog.ts';
import type { AdminContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { CatalogKindInput, CatalogQuery, type CatalogView } from './schemas.ts';

interface PageRow {
  fetched_at: Date;
  items: CatalogView['items'];
}

/** A page of a pick list as the worker last read it, in the system's order, and when that was. */
export const listCatalog = defineVerb({
  name: 'psa.list',
  role: 'viewer',
  input: z.object({ kind: CatalogKindInput, query: CatalogQuery }),
  run: async (context, { kind, query: { parent, q, limit, cursor } }): Promise<CatalogView> => {
    const from = cursor === undefined ? 0 : placeOf(cursor);
    const { rows } = await context.pool.query<PageRow>(
      `select l.fetched_at, coalesce(page.items, '[]') as items
       from psa_catalog l left join lateral (
         select jsonb_agg(found.item order by found.n) as items from (
           select entry.item, entry.n from jsonb_array_elements(l.items) with ordinality as entry(item, n)
           where $4::text is null or entry.item->>'name' ilike '%' || $4 || '%' or entry.item->>'id' ilike '%' || $4 || '%'
           order by entry.n offset $5 limit $6
         ) found
       ) page on true
       where l.connection = $1 and l.kind = $2 and lower(l.parent) = lower($3)`,
      [
        chosenConnection(context.config),
        kind,
        boardOf(context, kind, parent),
        q?.replace(/[%_\\]/g, '\\$&') ?? null,
        from,
        limit + 1,
      ],
    );
    const [row] = rows;
    const found = row?.items ?? [];
    return {
      items: found.slice(0, limit),
      nextCursor: found.length > limit ? encodeCursor([String(from + limit)]) : null,
      refreshedAt: row?.fetched_at.toISOString() ?? null,
    };
  },
});

/** What belongs to boards is listed of the default board where none is named. */
function boardOf({ config }: AdminContext, kind: CatalogKind, parent: string): string {
  const isOfBoard = (BOARD_KINDS as readonly CatalogKind[]).includes(kind);
  return parent.trim() === '' && isOfBoard ? config.CW_SERVICE_BOARD : parent.trim();
}

function placeOf(cursor: string): number {
  const [place = ''] = decodeCursor(cursor, 1) ?? [];
  if (!/^[0-9]{1,9}$/.test(place)) throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
  return Number(place);
}
