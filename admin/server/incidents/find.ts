import type { Queryable } from '../../../infra/database/pool.ts';
import { notFound } from '../errors.ts';
import { INCIDENT_COLUMNS, type IncidentRow } from './present.ts';

export async function findIncident(db: Queryable, id: string): Promise<IncidentRow> {
  const found = await db.query<IncidentRow>(
    `select ${INCIDENT_COLUMNS} from incident i left join endpoint e on e.id = i.endpoint_id where i.id = $1`,
    [id],
  );
  const [row] = found.rows;
  if (!row) throw notFound('incident');
  return row;
}
