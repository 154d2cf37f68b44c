import type { HistoryFilter } from '../../../infra/history/filter.ts';
import { matchingIds } from '../../../infra/history/matching-ids.ts';
import type { VerbContext } from '../verb.ts';
import { ownWebhooks, refusalFilter } from './filters.ts';
import { presentRefusal, presentWebhook } from './present.ts';
import type { WebhookView } from './schemas.ts';
import {
  LIST_COLUMNS,
  LISTED_ALERTS,
  REFUSAL_COLUMNS,
  webhookTables,
  type RefusalRow,
  type WebhookRow,
} from './webhook-row.ts';

/** The newest `limit` of what was received before `before` and matches, refused requests among it, the newest first. */
export async function readPage(
  context: VerbContext,
  filter: HistoryFilter,
  before: string | null,
  limit: number,
): Promise<WebhookView[]> {
  const [received, refused] = await Promise.all([
    readWebhooks(context, filter, before, limit),
    readRefusals(context, filter, before, limit),
  ]);
  return [...received, ...refused].sort((a, b) => (a.requestId < b.requestId ? 1 : -1)).slice(0, limit);
}

async function readWebhooks(
  context: VerbContext,
  filter: HistoryFilter,
  before: string | null,
  limit: number,
): Promise<WebhookView[]> {
  const { text, values } = matchingIds(filter, { before, order: 'newest', limit, and: ownWebhooks(context) });
  const found = await context.pool.query<{ id: string }>(text, values);
  const ids = found.rows.map(({ id }) => id).sort();
  if (ids.length === 0) return [];
  const { rows } = await context.pool.query<WebhookRow>(
    `select ${LIST_COLUMNS} from ${webhookTables(LISTED_ALERTS)} where w.id = any($1::uuid[]) and w.id between $2 and $3`,
    [ids, ids[0], ids.at(-1)],
  );
  return rows.map((row) => presentWebhook(context, row, 'listed'));
}

async function readRefusals(
  context: VerbContext,
  filter: HistoryFilter,
  before: string | null,
  limit: number,
): Promise<WebhookView[]> {
  const refusals = refusalFilter(context, filter, before);
  if (refusals === null) return [];
  const { rows } = await context.pool.query<RefusalRow>(
    `select ${REFUSAL_COLUMNS} from refusal r left join endpoint e on e.id = r.endpoint_id where ${refusals.where} order by r.id desc limit ${limit}`,
    refusals.values,
  );
  return rows.map(presentRefusal);
}
