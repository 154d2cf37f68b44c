import type { Queryable } from '../../infra/database/pool.ts';
import type { Seen } from './seen-log.ts';

/** Moves last-seen forward, never back. In the order of ids, so that two processes do not wait for each other in a circle. */
export async function writeSeen(db: Queryable, seen: readonly Seen[]): Promise<void> {
  const rows = [...seen].sort((a, b) => (a.endpointId < b.endpointId ? -1 : 1));
  await db.query({
    name: 'write-seen',
    text: `insert into endpoint_seen as s (endpoint_id, last_seen_at, last_ip)
      select * from unnest($1::uuid[], $2::timestamptz[], $3::text[])
      on conflict (endpoint_id) do update set last_seen_at = excluded.last_seen_at, last_ip = excluded.last_ip
        where s.last_seen_at < excluded.last_seen_at`,
    values: [rows.map(({ endpointId }) => endpointId), rows.map(({ at }) => at), rows.map(({ ip }) => ip)],
  });
}
