import type { Queryable } from '../../infra/database/pool.ts';

/** One received webhook as the dispatcher takes it from the inbox. */
export interface InboxRow {
  id: string;
  seq: number;
  endpointId: string;
  receivedAt: Date;
  raw: Buffer;
  origin: 'http' | 'replay' | 'test';
  replayOf: string | null;
  replayRules: 'recorded' | 'today' | null;
}

/** One answer of Postgres with bodies stays below this and the largest body: a dispatcher's thread has 96 MB in all. */
const MOST_BYTES = 8 * 1024 * 1024;

/** The oldest received rows of a shard, in `seq` order: at most `limit`, fewer where their bodies are large, at least one. */
export async function readInbox(
  db: Queryable,
  shard: number,
  limit: number,
): Promise<{ rows: InboxRow[]; hasMore: boolean }> {
  const { rows: found } = await db.query<InboxRow & { waiting: number }>({
    name: 'inbox',
    text: `select id, seq, endpoint_id as "endpointId", received_at as "receivedAt", raw, origin,
                  replay_of as "replayOf", replay_rules as "replayRules", waiting::int
             from (select *, count(*) over () as waiting,
                     sum(octet_length(raw)) over (order by seq rows between unbounded preceding and 1 preceding) as before
                     from (select * from webhook where shard = $1 and state = 'received' order by seq limit $2) oldest) counted
            where coalesce(before, 0) < $3 order by seq`,
    values: [shard, limit, MOST_BYTES],
  });
  const waiting = found[0]?.waiting ?? 0;
  return { rows: found, hasMore: waiting === limit || waiting > found.length };
}

/** The shards in which received rows wait. */
export async function waitingShards(db: Queryable, shards: number): Promise<number[]> {
  const { rows } = await db.query<{ shard: number }>({
    name: 'waiting-shards',
    text: `select shard from generate_series(0, $1::int - 1) shard,
            lateral (select from webhook w where w.shard = shard.shard and w.state = 'received' limit 1) waits`,
    values: [shards],
  });
  return rows.map(({ shard }) => shard);
}

/** How many rows wait, and for how long the oldest has, in seconds. */
export async function measureInbox(db: Queryable, shards: number): Promise<{ depth: number; ageSeconds: number }> {
  const { rows } = await db.query<{ depth: number; ageSeconds: number }>(
    `select (select count(*) from webhook where state = 'received') as depth,
            coalesce(extract(epoch from clock_timestamp() - min(oldest.received_at)), 0)::float8 as "ageSeconds"
       from generate_series(0, $1::int - 1) shard,
            lateral (select received_at from webhook w where w.shard = shard.shard and w.state = 'received' order by seq limit 1) oldest`,
    [shards],
  );
  return rows[0] ?? { depth: 0, ageSeconds: 0 };
}
