import { z } from 'zod';
import { matchingIds } from '../../../infra/history/matching-ids.ts';
import type { HistoryFilter } from '../../../infra/history/filter.ts';
import { firstIdAt } from '../../../infra/history/first-id.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { filterOf, ownWebhooks } from './filters.ts';
import { presentWebhook } from './present.ts';
import { BodySearchQuery, type BodySearchLine, type WebhookView } from './schemas.ts';
import { LIST_COLUMNS, LISTED_ALERTS, webhookTables, type WebhookRow } from './webhook-row.ts';

const IDS_A_READ = 2_000;

/**
 * Looks for a text in the masked bodies of what a filter matches, the newest first. Answers lines as they come: what was
 * found, how far it is, and the end, which says where it stopped. Ending the iteration ends the work after the batch.
 */
export const searchBodies = defineVerb({
  name: 'webhook.search-bodies',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ query: BodySearchQuery }),
  run: async (context, { query }): Promise<AsyncGenerator<BodySearchLine>> => linesOf(context, query),
});

async function* linesOf(context: VerbContext, wanted: BodySearchQuery): AsyncGenerator<BodySearchLine> {
  const filter = filterOf(wanted);
  const began = Date.now();
  let [looked, found] = [0, 0];
  let before: string | null = wanted.before ?? firstIdAt(new Date(began + 60_000));
  for (;;) {
    const ids = await readIds(context, filter, before);
    const last = ids.at(-1);
    for (const item of await readFound(context, ids, wanted.text)) {
      found += 1;
      yield { kind: 'found', item };
      if (found >= wanted.limit) {
        yield { kind: 'end', looked: looked + ids.indexOf(item.requestId) + 1, found, stoppedAt: item.requestId };
        return;
      }
    }
    looked += ids.length;
    if (last === undefined || ids.length < IDS_A_READ) {
      yield { kind: 'end', looked, found, stoppedAt: null };
      return;
    }
    before = last;
    yield { kind: 'progress', looked, found, at: last };
    if (Date.now() - began > wanted.mostSeconds * 1000) {
      yield { kind: 'end', looked, found, stoppedAt: last };
      return;
    }
  }
}

async function readIds(context: VerbContext, filter: HistoryFilter, before: string): Promise<string[]> {
  const slice = { before, order: 'newest', limit: IDS_A_READ, and: ownWebhooks(context) } as const;
  const { text, values } = matchingIds(filter, slice);
  const { rows } = await context.pool.query<{ id: string }>(text, values);
  return rows.map(({ id }) => id);
}

async function readFound(context: VerbContext, ids: readonly string[], text: string): Promise<WebhookView[]> {
  if (ids.length === 0) return [];
  const like = `%${text.replace(/[%_\\]/g, '\\$&')}%`;
  const { rows } = await context.pool.query<{ id: string }>(
    'select id from webhook_text where id = any($1::uuid[]) and id between $2 and $3 and body ilike $4 order by id desc',
    [ids, ids.at(-1), ids[0], like],
  );
  if (rows.length === 0) return [];
  const found = await context.pool.query<WebhookRow>(
    `select ${LIST_COLUMNS} from ${webhookTables(LISTED_ALERTS)} where w.id = any($1::uuid[]) and w.id between $2 and $3 order by w.id desc`,
    [rows.map(({ id }) => id), rows.at(-1)?.id, rows[0]?.id],
  );
  return found.rows.map((row) => presentWebhook(context, row, 'listed'));
}
