import type { Queryable } from '../../../infra/database/pool.ts';
import { notFound } from '../errors.ts';
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
