import { z } from 'zod';
import { invalid } from '../errors.ts';
import { decodeCursor, toPage, type Page } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { filterOf } from './filters.ts';
import { readPage } from './read-page.ts';
import { HistoryQuery, type WebhookView } from './schemas.ts';

/** What was received, the newest first; refused requests of known endpoints among it, as failed. */
export const listHistory = defineVerb({
  name: 'webhook.list',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ query: HistoryQuery }),
  run: async (context, { query }): Promise<Page<WebhookView>> => {
    const before = query.cursor === undefined ? null : decodeCursor(query.cursor, 1)?.[0];
    if (before === undefined || (before !== null && !z.uuid().safeParse(before).success)) {
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    }
    return toPage(
      await readPage(context, filterOf(query), before, query.limit + 1),
      query.limit,
      (row) => row,
      (row) => [row.requestId],
    );
  },
});
