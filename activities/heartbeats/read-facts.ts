import type { Queryable } from '../../infra/database/pool.ts';
import type { Sighted } from '../../workflows/domain/staleness-blindness.ts';
import type { HeartbeatRow, WatchedRow } from './heartbeat-row.ts';

/** Ids of webhooks carry the ingress's clock, their time is Postgres's. */
const CLOCKS_APART_MS = 86_400_000;

/** When the endpoint last sent something that was accepted. Tests and replays are no sign of life. */
export async function readLastSeen(
  db: Queryable,
  endpointId: string,
  known: Pick<HeartbeatRow, 'version' | 'since' | 'lastSeenAt'>,
): Promise<{ at: Date; requestId: string | null } | null> {
  const floorMs = known.version === 0 ? 0 : (known.lastSeenAt ?? known.since).getTime() - CLOCKS_APART_MS;
  const { rows } = await db.query<{ at: Date | null; id: string | null; shown: Date | null }>({
    name: 'heartbeat-last-seen',
    text: `select w.received_at as at, w.id, (select last_seen_at from endpoint_seen where endpoint_id = $1) as shown
             from (select) one left join lateral (
               select received_at, id from webhook where endpoint_id = $1 and origin = 'http' and id >= $2::uuid order by seq desc limit 1
             ) w on true`,
    values: [endpointId, firstIdAt(floorMs)],
  });
  const [row] = rows;
  if (row?.at) return { at: row.at, requestId: row.id };
  const remembered = Math.max(known.lastSeenAt?.getTime() ?? 0, row?.shown?.getTime() ?? 0);
  return remembered === 0 ? null : { at: new Date(remembered), requestId: null };
}

function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/**
 * Since when the endpoint is watched as it is now: when the first of the unbroken run of versions was saved in which it was
 * on, with the same schedule. Changing a timeout or a grace begins nothing new.
 */
export async function readSince(tx: Queryable, endpointId: string, endpoint: WatchedRow): Promise<Date | null> {
  const { cron, timezone = 'UTC' } = endpoint.config.heartbeat;
  const { rows } = await tx.query<{ since: Date | null }>(
    `select min(saved_at) as since from endpoint_version where endpoint_id = $1 and version > coalesce((
       select max(version) from endpoint_version where endpoint_id = $1 and not (
         (config ->> 'enabled')::boolean and not (config ->> 'draft')::boolean and (config -> 'heartbeat' ->> 'enabled')::boolean
         and coalesce(config -> 'heartbeat' ->> 'cron', '') = $2
         and ($2 = '' or coalesce(config -> 'heartbeat' ->> 'timezone', 'UTC') = $3))), 0)`,
    [endpointId, cron ?? '', timezone],
  );
  return rows[0]?.since ?? null;
}

/** When an ingress was able to accept since `fromMs`, and the last time before that. */
export async function readSighted(db: Queryable, fromMs: number): Promise<Sighted[]> {
  const { rows } = await db.query<{ from: Date; to: Date }>({
    name: 'heartbeat-beats',
    text: `select began_at as "from", beat_at as "to" from process_beat where beat_at >= $1
           union all (select began_at, beat_at from process_beat where beat_at < $1 order by beat_at desc limit 1)`,
    values: [new Date(fromMs)],
  });
  return rows.map(({ from, to }) => ({ fromMs: from.getTime(), toMs: to.getTime() }));
}
