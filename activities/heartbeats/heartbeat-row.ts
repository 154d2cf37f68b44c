import type { Queryable } from '../../infra/database/pool.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { HeartbeatPhase } from '../../workflows/contracts/heartbeat.ts';

/** What is kept of an endpoint's heartbeat. `isOpen`: told, and no webhook has ended it. */
export interface HeartbeatRow {
  isOn: boolean;
  version: number;
  since: Date;
  lastSeenAt: Date | null;
  phase: HeartbeatPhase;
  toldBaseAt: Date | null;
  toldFromAt: Date | null;
  toldCount: number;
  isOpen: boolean;
}

export interface WatchedRow {
  name: string;
  shard: number;
  config: EndpointConfig;
  version: number;
  isDeleted: boolean;
}

export interface LockedHeartbeat {
  endpoint: WatchedRow;
  row: HeartbeatRow;
}

/** The endpoint and its heartbeat, which is made where there is none and locked until the transaction ends; null for no endpoint. */
export async function lockHeartbeat(tx: Queryable, endpointId: string, now: string): Promise<LockedHeartbeat | null> {
  return (await lock(tx, endpointId)) ?? (await make(tx, endpointId, now));
}

async function make(tx: Queryable, endpointId: string, now: string): Promise<LockedHeartbeat | null> {
  await tx.query(
    `insert into heartbeat (endpoint_id, since, looked_at) select id, created_at, $2 from endpoint where id = $1 on conflict do nothing`,
    [endpointId, now],
  );
  return lock(tx, endpointId);
}

async function lock(tx: Queryable, endpointId: string): Promise<LockedHeartbeat | null> {
  const { rows } = await tx.query<HeartbeatRow & WatchedRow & { lookedVersion: number }>({
    name: 'heartbeat-lock',
    text: `select e.name, e.shard, e.config, e.version, e.deleted_at is not null as "isDeleted", h.version as "lookedVersion", h.is_on as "isOn",
                  h.since, h.last_seen_at as "lastSeenAt", h.phase, h.told_base_at as "toldBaseAt", h.told_from_at as "toldFromAt",
                  h.told_count as "toldCount", h.is_open as "isOpen"
             from heartbeat h join endpoint e on e.id = h.endpoint_id where h.endpoint_id = $1 for update of h`,
    values: [endpointId],
  });
  const [found] = rows;
  if (found === undefined) return null;
  const { name, shard, config, version, isDeleted, lookedVersion, ...row } = found;
  return { endpoint: { name, shard, config, version, isDeleted }, row: { ...row, version: lookedVersion } };
}

/** What a look leaves in the row; milliseconds. */
export interface KeptLook {
  isOn: boolean;
  settings: EndpointConfig['heartbeat'];
  version: number;
  sinceMs: number;
  lastSeenMs: number | null;
  phase: HeartbeatPhase;
  deadlineMs: number | null;
  wakeMs: number | null;
  told: { baseMs: number; fromMs: number; count: number } | null;
  /** The silence was told in this look; it is open until a webhook ends it. */
  isRaised: boolean;
  reason: string | null;
}

export async function keepLook(tx: Queryable, endpointId: string, look: KeptLook, now: string): Promise<void> {
  await tx.query({
    name: 'heartbeat-keep',
    text: `update heartbeat set is_on = $2, settings = $3, version = $4, since = $5, last_seen_at = $6, phase = $7, deadline_at = $8,
             wakes_at = $9, told_base_at = $10, told_from_at = $11, told_count = $12, is_open = is_open or $13,
             told_at = case when $13 then $15 when $12 = 0 then null else told_at end, reason = $14, looked_at = $15
           where endpoint_id = $1`,
    values: [
      endpointId,
      look.isOn,
      look.settings,
      look.version,
      new Date(look.sinceMs),
      dateOf(look.lastSeenMs),
      look.phase,
      dateOf(look.deadlineMs),
      dateOf(look.wakeMs),
      dateOf(look.told?.baseMs ?? null),
      dateOf(look.told?.fromMs ?? null),
      look.told?.count ?? 0,
      look.isRaised,
      look.reason,
      new Date(now),
    ],
  });
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
