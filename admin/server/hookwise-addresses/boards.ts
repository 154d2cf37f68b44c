import { z } from 'zod';
import { listCatalog } from '../psa/list-catalog.ts';
import { CatalogQuery } from '../psa/schemas.ts';
import { defineVerb } from '../verb.ts';

const ALL = CatalogQuery.parse({});

/** The boards as HookWise's `GET /api/cw/boards` listed them. */
export const listHookwiseBoards = defineVerb({
  name: 'hookwise.boards',
  role: 'viewer',
  input: z.object({}),
  run: async (context) => (await listCatalog.run(context, { kind: 'boards', query: ALL })).items,
});
