import type { Cipher } from '../../infra/crypto/cipher.ts';
import { openRawOrNull } from '../../infra/crypto/webhook-raw.ts';
import type { Queryable } from '../../infra/database/pool.ts';
import type { NewWebhook } from '../../infra/database/write-webhooks.ts';
import { inboxRow } from '../../infra/history/inbox-row.ts';

const MOST_BYTES = 8 * 1024 * 1024;

/** Webhooks to be queued anew, of the first `taken` ids of a page, and how many of them cannot be. */
export interface ReplayPage {
  webhooks: NewWebhook[];
  taken: number;
  lastId: string | null;
  /** Those of endpoints that are disabled or deleted. */
  skipped: number;
  /** Those whose bytes do not open with the present keys. */
  unreadable: number;
}

interface Row {
  id: string;
  endpoint_id: string;
  raw: Buffer;
  headers: string;
  source_ip: string;
  is_enabled: boolean;
}

/** Reads the webhooks of ids in ascending order, at most 8 MiB of bodies (one at least). */
export async function readPage(
  db: Queryable,
  cipher: Cipher,
  ids: readonly string[],
  rules: 'recorded' | 'today',
): Promise<ReplayPage> {
  const page: ReplayPage = { webhooks: [], taken: 0, lastId: null, skipped: 0, unreadable: 0 };
  if (ids.length === 0) return page;
  const { rows } = await db.query<Row>(
    `select w.id, w.endpoint_id, w.raw, w.headers, w.source_ip, coalesce(e.enabled and e.deleted_at is null, false) as is_enabled
       from (select *, sum(octet_length(raw)) over (order by id) as bytes, row_number() over (order by id) as place
               from webhook where id = any($1::uuid[]) and id between $2 and $3) w
       left join endpoint e on e.id = w.endpoint_id
      where w.place = 1 or w.bytes <= $4 order by w.id`,
    [ids, ids[0], ids.at(-1), MOST_BYTES],
  );
  for (const row of rows) {
    const raw = openRawOrNull(cipher, { id: row.id, endpointId: row.endpoint_id }, row.raw);
    page.taken += 1;
    page.lastId = row.id;
    if (!row.is_enabled) page.skipped += 1;
    else if (raw === null) page.unreadable += 1;
    else
      page.webhooks.push(
        inboxRow(cipher, {
          endpointId: row.endpoint_id,
          raw,
          headers: row.headers,
          sourceIp: row.source_ip,
          origin: 'replay',
          replayOf: row.id,
          replayRules: rules,
        }),
      );
  }
  return page;
}
