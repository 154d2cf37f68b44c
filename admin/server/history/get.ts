import { z } from 'zod';
import { readMaskingWords } from '../../../infra/database/masking-words.ts';
import { oneOfCompany } from '../company-limit.ts';
import { notFound } from '../errors.ts';
import { IdInput } from '../ids.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { maskedText, maskedValue } from './masked-body.ts';
import { presentRefusal, presentWebhook } from './present.ts';
import type { WebhookDetail } from './schemas.ts';
import { timingsOf } from './timings.ts';
import { DETAIL_COLUMNS, REFUSAL_COLUMNS, webhookTables, type RefusalRow, type WebhookRow } from './webhook-row.ts';

const EVERY_ALERT = 1_000_000;

/** One webhook whole, from the moment it was answered 202; or one refused request of a known endpoint. */
export const getWebhook = defineVerb({
  name: 'webhook.get',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: IdInput }),
  run: async (context, { id }): Promise<WebhookDetail> => {
    const detail = (await readWebhook(context, id)) ?? (await readRefusal(context, id));
    if (detail === null) throw notFound('webhook');
    return detail;
  },
});

async function readWebhook(context: VerbContext, id: string): Promise<WebhookDetail | null> {
  const own = oneOfCompany(context, 'webhook w', 1);
  const found = await context.pool.query<
    WebhookRow & { headers: string; body: string | null; raw: Buffer | null; planned_at: Date | null }
  >(
    `select ${DETAIL_COLUMNS}, w.headers, t.body, t.planned_at, case when t.id is null then w.raw end as raw from ${webhookTables(EVERY_ALERT)} where w.id = $1 and ${own.where}`,
    [id, ...own.values],
  );
  const [row] = found.rows;
  if (!row) return null;
  const words = await readMaskingWords(context.pool);
  const body =
    row.body ??
    (row.raw === null ? '' : maskedText(context.cipher, { id, endpointId: row.endpoint_id, raw: row.raw }, words));
  const replays = await context.pool.query<{ id: string }>(
    'select id from webhook where replay_of = $1 and id > $1 order by id limit 100',
    [id],
  );
  const view = presentWebhook(context, row, 'whole');
  return {
    ...view,
    timings: timingsOf(view, row.planned_at),
    httpStatus: null,
    headers: maskedValue(row.headers, words),
    body: maskedValue(body, words),
    configVersion: row.plan?.configVersion ?? null,
    steps: row.plan?.steps ?? [],
    warnings: row.plan?.warnings ?? [],
    replays: replays.rows.map((replay) => replay.id),
  };
}

async function readRefusal(context: VerbContext, id: string): Promise<WebhookDetail | null> {
  const own = oneOfCompany(context, 'refusal r', 1);
  const found = await context.pool.query<RefusalRow & { headers: string; body: string }>(
    `select ${REFUSAL_COLUMNS}, r.headers, r.body from refusal r left join endpoint e on e.id = r.endpoint_id where r.id = $1 and ${own.where}`,
    [id, ...own.values],
  );
  const [row] = found.rows;
  if (!row) return null;
  const words = await readMaskingWords(context.pool);
  const view = presentRefusal(row);
  return {
    ...view,
    timings: timingsOf(view, null),
    httpStatus: row.status,
    headers: maskedValue(row.headers, words),
    body: maskedValue(row.body, words),
    configVersion: null,
    steps: [],
    warnings: [],
    replays: [],
  };
}
