import { z } from 'zod';
import { invalid } from '../errors.ts';
import { decodeCursor, toPage, type Page } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { refusalFilter, webhookFilter } from './filters.ts';
import { presentRefusal, presentWebhook } from './present.ts';
import { HistoryQuery, type WebhookView } from './schemas.ts';
import {
  LIST_COLUMNS,
  LISTED_ALERTS,
  REFUSAL_COLUMNS,
  webhookTables,
  type RefusalRow,
  type WebhookRow,
} from './webhook-row.ts';

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
    const [webhooks, refusals] = [webhookFilter(context, query, before), refusalFilter(context, query, before)];
    const [received, refused] = await Promise.all([
      context.pool.query<WebhookRow>(
        `select ${LIST_COLUMNS} from ${webhookTables(LISTED_ALERTS)} where ${webhooks.where} order by w.id desc limit ${query.limit + 1}`,
        webhooks.values,
      ),
      refusals === null
        ? { rows: [] }
        : context.pool.query<RefusalRow>(
            `select ${REFUSAL_COLUMNS} from refusal r left join endpoint e on e.id = r.endpoint_id where ${refusals.where} order by r.id desc limit ${query.limit + 1}`,
            refusals.values,
          ),
    ]);
    const all = [
      ...received.rows.map((row) => presentWebhook(row, 'listed')),
      ...refused.rows.map(presentRefusal),
    ].sort((a, b) => (a.requestId < b.requestId ? 1 : -1));
    return toPage(
      all,
      query.limit,
      (row) => row,
      (row) => [row.requestId],
    );
  },
});
