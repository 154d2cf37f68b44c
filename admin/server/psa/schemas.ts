import { z } from 'zod';
import { CATALOG_KINDS } from '../../../workflows/contracts/catalog.ts';
import { CursorInput } from '../paging.ts';

export const CatalogKindInput = z.enum(CATALOG_KINDS, `must be one of ${CATALOG_KINDS.join(', ')}`);

export const CatalogQuery = z.strictObject({
  parent: z.string().max(200).default('').meta({
    description:
      'The board, by name, for statuses, types, subtypes and items; case is ignored. The default board where it is left out.',
  }),
  q: z.string().max(200).optional().meta({ description: 'Part of the name or the id; case is ignored.' }),
  limit: z.coerce
    .number('must be a number')
    .int()
    .min(1)
    .max(1000)
    .default(1000)
    .meta({ description: 'Entries a page, 1 to 1000.' }),
  cursor: CursorInput,
});

const Instant = z.string().nullable();

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
    nextCursor: z.string().nullable(),
    refreshedAt: Instant.meta({ description: 'When the worker read the list from the ticket system; null: not yet.' }),
  })
  .meta({ id: 'Catalog' });
export type CatalogView = z.output<typeof CatalogView>;

export const RefreshStarted = z.object({ workflowId: z.string() }).meta({ id: 'CatalogRefreshStarted' });

export const RefreshView = z
  .object({
    state: z.enum(['never', 'reading', 'complete', 'partial', 'failed']),
    startedAt: Instant,
    endedAt: Instant,
    refreshedAt: Instant.meta({ description: 'When the boards were last read.' }),
    read: z.int().meta({ description: 'Lists read so far.' }),
    lists: z.int().nullable().meta({ description: 'Lists in all; null while the boards are not known.' }),
    items: z.int(),
    faults: z.array(z.object({ kind: z.string(), parent: z.string().nullable(), reason: z.string() })),
    reason: z.string().nullable(),
    missing: z.array(z.string()).meta({
      description:
        'Variables of the environment that access to ConnectWise needs and that are not set; empty when it is used.',
    }),
  })
  .meta({ id: 'CatalogRefresh' });
export type RefreshView = z.output<typeof RefreshView>;
