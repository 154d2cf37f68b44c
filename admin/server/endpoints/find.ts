import type { Queryable } from '../../../infra/database/pool.ts';
import { invalid, notFound } from '../errors.ts';
import { ENDPOINT_COLUMNS, type EndpointRow } from './present.ts';

/** The endpoint that is there and not deleted; `lock` holds it against other changes until the transaction ends. Throws `not-found`. */
export async function findEndpoint(db: Queryable, id: string, lock: 'lock' | 'read' = 'read'): Promise<EndpointRow> {
  const found = await db.query<EndpointRow>(
    `select ${ENDPOINT_COLUMNS} from endpoint e where e.id = $1 and e.deleted_at is null${lock === 'lock' ? ' for update of e' : ''}`,
    [id],
  );
  const [row] = found.rows;
  if (!row) throw notFound('endpoint');
  return row;
}

/**
 * All of these endpoints, by id, held against other changes until the transaction ends. Webhooks go on being accepted. Throws
 * `invalid` with the places of those that are not there.
 */
export async function lockEndpoints(db: Queryable, ids: readonly string[]): Promise<EndpointRow[]> {
  const { rows } = await db.query<EndpointRow>(
    `select ${ENDPOINT_COLUMNS} from endpoint e where e.id = any($1::uuid[]) and e.deleted_at is null
      order by e.id for no key update of e`,
    [ids],
  );
  const found = new Set(rows.map(({ id }) => id));
  const missing = ids.flatMap((id, at) => (found.has(id) ? [] : [{ path: `ids.${at}`, message: GONE }]));
  if (missing.length > 0) throw invalid(missing);
  return rows;
}

const GONE = 'There is no endpoint with this id: it may have been deleted meanwhile.';
