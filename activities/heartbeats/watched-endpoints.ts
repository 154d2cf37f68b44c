import type { Queryable } from '../../infra/database/pool.ts';
import type { EndpointConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { WatchedEndpoint } from './heartbeat-line.ts';

const IS_WATCHED = `(e.deleted_at is null and e.enabled and not e.draft and (e.config -> 'heartbeat' ->> 'enabled')::boolean)`;

/** The endpoints whose silence is to be watched. */
export async function readWatched(db: Queryable): Promise<WatchedEndpoint[]> {
  const { rows } = await db.query<WatchedEndpoint>(
    `select e.id, e.name from endpoint e where ${IS_WATCHED} order by e.id`,
  );
  return rows;
}

/** The endpoints whose heartbeat has not looked since its settings changed. */
export async function readChanged(db: Queryable): Promise<WatchedEndpoint[]> {
  const { rows } = await db.query<WatchedEndpoint>(
    `select e.id, e.name from endpoint e left join heartbeat h on h.endpoint_id = e.id
      where case when ${IS_WATCHED} then h.is_on is not true or h.settings is distinct from e.config -> 'heartbeat'
                 else h.is_on is true end
      order by e.id`,
  );
  return rows;
}

/** The endpoints that are late and not told because of a maintenance. */
export async function readQuiet(db: Queryable): Promise<(WatchedEndpoint & { config: EndpointConfig })[]> {
  const { rows } = await db.query<WatchedEndpoint & { config: EndpointConfig }>(
    `select e.id, e.name, e.config from heartbeat h join endpoint e on e.id = h.endpoint_id where h.is_on and h.phase = 'quiet'`,
  );
  return rows;
}
