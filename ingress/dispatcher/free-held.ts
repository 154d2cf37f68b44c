import { configVersion } from '../../infra/database/config-store.ts';
import { inTransaction, type Queryable } from '../../infra/database/pool.ts';
import { findSuppression } from '../../workflows/domain/suppression.ts';
import type { PlanningConfig } from './config-cache.ts';
import { RAISED_BELL, type RaisedBell } from '../../infra/database/raise-bells.ts';
import type { PlanDeps } from './plan-shard.ts';
import { lockShard } from './shard-lock.ts';

const FREED_TOGETHER = 500;

/** The shards in which alerts are held. */
export async function shardsWithHeld(db: Queryable): Promise<number[]> {
  const { rows } = await db.query<{ shard: number }>(
    `select distinct (select shard from incident i where i.id = held.incident_id) as shard
       from (select distinct incident_id from alert where state = 'held') held`,
  );
  return rows.map(({ shard }) => shard);
}

/** Frees the held alerts of a shard whose endpoint nothing suppresses any more at `now`, and raises their incidents' bells. */
export async function freeHeld(
  deps: PlanDeps,
  shard: number,
  now: Date,
): Promise<{ freed: number; raised: RaisedBell[] }> {
  return inTransaction(deps.pool, async (tx) => {
    if (!(await lockShard(tx, shard))) return { freed: 0, raised: [] };
    const endpoints = await heldEndpoints(tx, shard);
    const config = await deps.cache.load(tx, await configVersion(tx), endpoints);
    const free = await heldOf(
      tx,
      endpoints.filter((endpointId) => !isSuppressed(config, endpointId, now)),
    );
    if (free.length === 0) return { freed: 0, raised: [] };
    const raised = await raise(tx, free);
    const { rowCount } = await tx.query(
      `update alert set state = 'open' where state = 'held' and incident_id = any($1::uuid[])`,
      [free],
    );
    return { freed: rowCount ?? 0, raised };
  });
}

async function heldEndpoints(tx: Queryable, shard: number): Promise<string[]> {
  const { rows } = await tx.query<{ endpointId: string }>(
    `select distinct endpoint_id as "endpointId" from incident
      where shard = $1 and id in (select incident_id from alert where state = 'held')`,
    [shard],
  );
  return rows.map(({ endpointId }) => endpointId);
}

/** Incidents of these endpoints with held alerts; the next ones have their turn a second later. */
async function heldOf(tx: Queryable, endpointIds: readonly string[]): Promise<string[]> {
  if (endpointIds.length === 0) return [];
  const { rows } = await tx.query<{ id: string }>(
    `select id from incident
      where endpoint_id = any($1::uuid[]) and id in (select incident_id from alert where state = 'held')
      order by key limit ${FREED_TOGETHER}`,
    [endpointIds],
  );
  return rows.map(({ id }) => id);
}

function isSuppressed(config: PlanningConfig, endpointId: string, now: Date): boolean {
  const windows = config.endpoints.get(endpointId)?.compiled.windows ?? [];
  return findSuppression(now.getTime(), windows, config.maintenance) !== null;
}

async function raise(tx: Queryable, ids: readonly string[]): Promise<RaisedBell[]> {
  await tx.query('select from incident where id = any($1::uuid[]) order by key for update', [ids]);
  const { rows } = await tx.query<RaisedBell>(
    `update incident set bell = true, bell_raised_at = now(), bell_sent_at = null, bell_rung = 0, bell_refused = null, updated_at = clock_timestamp()
      where id = any($1::uuid[]) and not bell
      returning ${RAISED_BELL}`,
    [ids],
  );
  return rows;
}
