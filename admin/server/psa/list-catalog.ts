import { z } from 'zod';
import { chosenConnection } from '../../../infra/config/index.ts';
import { defineVerb } from '../verb.ts';

export const CATALOG_KINDS = ['boards', 'statuses', 'types', 'subtypes', 'items', 'priorities', 'companies'] as const;

export const CatalogQuery = z.strictObject({
  parent: z.string().max(200).default('').meta({ description: 'The board, for statuses, types, subtypes and items.' }),
  q: z.string().max(200).optional().meta({ description: 'Part of the name.' }),
});

export const CatalogView = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        isClosed: z.boolean().optional(),
        isDefault: z.boolean().optional(),
      }),
    ),
    fetchedAt: z
      .string()
      .nullable()
      .meta({ description: 'When the worker read the list from the ticket system; null: not yet.' }),
  })
  .meta({ id: 'Catalog' });
export type CatalogView = z.output<typeof CatalogView>;

/** A pick list of the ticket system as the worker last read it, and when that was. */
export const listCatalog = defineVerb({
  name: 'psa.list',
  role: 'viewer',
  input: z.object({ kind: z.enum(CATALOG_KINDS, `must be one of ${CATALOG_KINDS.join(', ')}`), query: CatalogQuery }),
  run: async (context, { kind, query: { parent, q } }): Promise<CatalogView> => {
    const found = await context.pool.query<{ items: CatalogView['items']; fetched_at: Date }>(
      'select items, fetched_at from psa_catalog where connection = $1 and kind = $2 and lower(parent) = lower($3)',
      [chosenConnection(context.config), kind, parent],
    );
    const [row] = found.rows;
    const words = q?.toLowerCase() ?? '';
    return {
      items: (row?.items ?? []).filter(({ name }) => name.toLowerCase().includes(words)),
      fetchedAt: row?.fetched_at.toISOString() ?? null,
    };
  },
});
