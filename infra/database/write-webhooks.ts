import { LOCKS, LOCK_SPACE } from './locks.ts';
import { createStatements, MAX_ROWS, paddedSize, paddedValues, valuesList } from './multi-row.ts';
import type { Queryable } from './pool.ts';

/** One received request as it goes into the inbox. `raw` is encrypted, `headers` is masked JSON text. */
export interface NewWebhook {
  /** uuidv7; its day decides the partition. */
  id: string;
  endpointId: string;
  shard: number;
  sourceIp: string;
  headers: string;
  raw: Buffer;
  origin: 'http' | 'replay' | 'test';
  replayOf: string | null;
  replayRules: 'recorded' | 'today' | null;
  /** SHA-256 of the sender's delivery id, or null where it sent none. */
  deliveryDigest: Buffer | null;
}

/** What became of a row: `duplicate` when its delivery id was taken within 24 hours, by the webhook `requestId`. */
export interface WrittenWebhook {
  id: string;
  outcome: 'queued' | 'duplicate';
  requestId: string;
}

/**
 * Writes rows of `webhook` in one statement, answered in the order given; nothing else may write that table. `seq` is drawn
 * under a lock held to the end of the transaction, so `seq` order is commit order: inside a larger transaction it must be the
 * last statement before the commit, at isolation "read committed". Repeating a call with the same ids is harmless.
 * Throws Postgres's own error; `isNoPartition` tells when the day's partition is missing.
 */
export async function writeWebhooks(db: Queryable, rows: readonly NewWebhook[]): Promise<WrittenWebhook[]> {
  if (rows.length === 0) return [];
  if (rows.length > MAX_ROWS)
    throw new RangeError(`At most ${MAX_ROWS} webhooks are written at once, not ${rows.length}.`);
  const first = new Map<string, string>();
  const fresh = rows.filter((row) => {
    const key = deliveryKey(row);
    if (key === null) return true;
    if (first.has(key)) return false;
    first.set(key, row.id);
    return true;
  });
  const owners = await insert(db, fresh);
  return rows.map((row) => {
    const key = deliveryKey(row);
    const requestId = key === null ? row.id : (owners.get(key) ?? row.id);
    return { id: row.id, outcome: requestId === row.id ? 'queued' : 'duplicate', requestId };
  });
}

/** Whose each delivery id is now, by `deliveryKey`. */
async function insert(db: Queryable, rows: readonly NewWebhook[]): Promise<Map<string, string>> {
  const size = paddedSize(rows.length);
  const hasKeys = rows.some((row) => row.deliveryDigest !== null);
  const values = rows.map((row) => [
    row.id,
    row.endpointId,
    row.shard,
    row.sourceIp,
    row.headers,
    row.raw,
    row.origin,
    row.replayOf,
    row.replayRules,
    ...(hasKeys ? [row.deliveryDigest] : []),
  ]);
  const { rows: owners } = await db.query<{ endpoint_id: string; digest: Buffer; webhook_id: string }>({
    name: `write-webhooks-${size}${hasKeys ? '-keys' : ''}`,
    text: hasKeys ? keyedStatement(size) : plainStatement(size),
    values: paddedValues(values, hasKeys ? COLUMNS.length + 1 : COLUMNS.length),
  });
  return new Map(owners.map((owner) => [`${owner.endpoint_id}:${owner.digest.toString('hex')}`, owner.webhook_id]));
}

function deliveryKey(row: NewWebhook): string | null {
  return row.deliveryDigest === null ? null : `${row.endpointId.toLowerCase()}:${row.deliveryDigest.toString('hex')}`;
}

const COLUMNS = [
  ['id', 'uuid'],
  ['endpoint_id', 'uuid'],
  ['shard', 'smallint'],
  ['source_ip', 'text'],
  ['headers', 'text'],
  ['raw', 'bytea'],
  ['origin', 'text'],
  ['replay_of', 'uuid'],
  ['replay_rules', 'text'],
] as const;
const NAMES = COLUMNS.map(([name]) => name).join(', ');
const LOCK = `l as materialized (select pg_advisory_xact_lock(${LOCK_SPACE}, ${LOCKS.webhookOrder}))`;
const LOCKED = '(select count(*) from l) = 1';

const kept = createStatements();

function plainStatement(size: number): string {
  return kept(`plain ${size}`, () => {
    const list = valuesList(
      size,
      COLUMNS.map(([, type]) => type),
    );
    return `with ${LOCK}
      insert into webhook (seq, ${NAMES})
      select nextval('webhook_seq'), ${NAMES} from (values ${list}) v (${NAMES}) where ${LOCKED} and id is not null
      on conflict (id) do nothing`;
  });
}

function keyedStatement(size: number): string {
  return kept(`keyed ${size}`, () => {
    const width = COLUMNS.length + 1;
    const list = valuesList(size, [...COLUMNS.map(([, type]) => type), 'bytea']);
    const keys = Array.from(
      { length: size },
      (_, at) => `($${at * width + 1}::uuid, $${at * width + 2}::uuid, $${at * width + width}::bytea)`,
    );
    return `with ${LOCK},
      k as (
        insert into delivery_key as d (webhook_id, endpoint_id, digest, at)
        select webhook_id, endpoint_id, digest, clock_timestamp() from (values ${keys.join(', ')}) v (webhook_id, endpoint_id, digest)
         where ${LOCKED} and digest is not null
        on conflict (endpoint_id, digest) do update set
          webhook_id = case when d.at < excluded.at - interval '24 hours' then excluded.webhook_id else d.webhook_id end,
          at = case when d.at < excluded.at - interval '24 hours' then excluded.at else d.at end
        returning endpoint_id, digest, webhook_id
      ),
      w as (
        insert into webhook (seq, ${NAMES})
        select nextval('webhook_seq'), ${NAMES} from (values ${list}) v (${NAMES}, digest)
         where ${LOCKED} and id is not null
           and (digest is null or (select k.webhook_id from k where k.endpoint_id = v.endpoint_id and k.digest = v.digest) = v.id)
        on conflict (id) do nothing
      )
      select endpoint_id, digest, webhook_id from k`;
  });
}
