import type { Queryable } from '../../../infra/database/pool.ts';
import type { Plan } from '../../../workflows/contracts/plan.ts';
import { firstIdAt } from '../../../infra/history/first-id.ts';

/** A webhook as it was recorded, with the plan of that time; a webhook that could not be read then has none. */
export interface RecordedWebhook {
  id: string;
  endpointId: string;
  seq: number;
  receivedAt: Date;
  raw: Buffer;
  failure: string | null;
  plan: Plan | null;
}

/** Which webhooks a backtest looks at: those of `seq` up to `lastSeq`, `total` of them. */
export interface RecordedRange {
  endpointId: string;
  firstSeq: number;
  lastSeq: number;
  firstId: string;
  lastId: string;
  total: number;
  waiting: number;
}

const BATCH_ROWS = 250;
const BATCH_BYTES = 4 * 1024 * 1024;
const CLOCKS_APART_MS = 60_000;
const LOWEST_ID = '00000000-0000-7000-8000-000000000000';
const HIGHEST_ID = 'ffffffff-ffff-7fff-bfff-ffffffffffff';

/** The newest `limit` webhooks of the endpoint in that time, replays left out; null when there are none. */
export async function findRange(
  db: Queryable,
  endpointId: string,
  wanted: { from?: Date | undefined; to?: Date | undefined; limit: number },
): Promise<RecordedRange | null> {
  const { from, to, limit } = wanted;
  const { rows } = await db.query<Omit<RecordedRange, 'endpointId'>>(
    `select min(seq) as "firstSeq", max(seq) as "lastSeq", min(id::text) as "firstId", max(id::text) as "lastId",
            count(*) filter (where state <> 'received') as total, count(*) filter (where state = 'received') as waiting
       from (select id, seq, state from webhook
              where endpoint_id = $1 and origin <> 'replay' and id >= $2 and id <= $3
                and ($4::timestamptz is null or received_at >= $4) and ($5::timestamptz is null or received_at < $5)
              order by seq desc limit $6) newest`,
    [
      endpointId,
      from === undefined ? LOWEST_ID : firstIdAt(new Date(from.getTime() - CLOCKS_APART_MS)),
      to === undefined ? HIGHEST_ID : firstIdAt(new Date(to.getTime() + CLOCKS_APART_MS)),
      from ?? null,
      to ?? null,
      limit,
    ],
  );
  const [found] = rows;
  return found === undefined || found.total + found.waiting === 0 ? null : { endpointId, ...found };
}

/** The webhooks of a range in `seq` order, in batches of at most 250 rows or 4 MiB (one row at least), one statement each. */
export async function* readRecorded(db: Queryable, range: RecordedRange): AsyncGenerator<RecordedWebhook[]> {
  let after = range.firstSeq - 1;
  while (after < range.lastSeq) {
    const { rows } = await db.query<RecordedWebhook>({
      name: 'backtest-batch',
      text: `select w.id, w.endpoint_id as "endpointId", w.seq, w.received_at as "receivedAt", w.raw, w.failure, w.plan
               from (select w.id, w.endpoint_id, w.seq, w.received_at, w.raw, w.failure, t.plan,
                            sum(octet_length(w.raw) + 4 * coalesce(pg_column_size(t.plan), 0)) over (order by w.seq) as bytes,
                            row_number() over (order by w.seq) as place
                       from (select * from webhook
                              where endpoint_id = $1 and seq > $2 and seq <= $3 and id between $4 and $5
                                and origin <> 'replay' and state <> 'received'
                              order by seq limit $6) w
                       left join webhook_text t on t.id = w.id) w
              where place = 1 or bytes <= $7 order by w.seq`,
      values: [range.endpointId, after, range.lastSeq, range.firstId, range.lastId, BATCH_ROWS, BATCH_BYTES],
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = last.seq;
  }
}
