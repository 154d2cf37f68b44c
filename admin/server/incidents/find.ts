import type { Queryable } from '../../../infra/database/pool.ts';
import { oneOfCompany } from '../company-limit.ts';
import { notFound } from '../errors.ts';
import type { VerbContext } from '../verb.ts';
import { INCIDENT_COLUMNS, type IncidentRow } from './present.ts';

/** The incident that the actor may see; throws `not-found`. */
export async function findIncident(context: VerbContext, db: Queryable, id: string): Promise<IncidentRow> {
  const own = oneOfCompany(context, 'incident i', 1);
  const found = await db.query<IncidentRow>(
    `select ${INCIDENT_COLUMNS} from incident i left join endpoint e on e.id = i.endpoint_id where i.id = $1 and ${own.where}`,
    [id, ...own.values],
  );
  const [row] = found.rows;
  if (!row) throw notFound('incident');
  return row;
}
