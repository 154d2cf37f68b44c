import { z } from 'zod';
import { invalid } from '../errors.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { incidentConditions } from './conditions.ts';
import { INCIDENT_COLUMNS, presentIncident, type IncidentRow } from './present.ts';
import { IncidentQuery } from './schemas.ts';

/** Incidents, the last changed first. */
export const listIncidents = defineVerb({
  name: 'incident.list',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ query: IncidentQuery }),
  run: async (context, { query }) => {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2);
    if (query.cursor !== undefined && after === null)
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const values: unknown[] = [];
    const given = (value: unknown) => `$${values.push(value)}`;
    const where = incidentConditions(context, query, given);
    if (after) where.push(`(i.updated_at, i.id) < (${given(after[0])}::timestamptz, ${given(after[1])}::uuid)`);
    const found = await context.pool.query<IncidentRow>(
      `select ${INCIDENT_COLUMNS} from incident i left join endpoint e on e.id = i.endpoint_id
       where ${where.join(' and ')}
       order by i.updated_at desc, i.id desc limit ${given(query.limit + 1)}`,
      values,
    );
    return toPage(
      found.rows,
      query.limit,
      (row) => presentIncident(context, row),
      (row) => [row.at, row.id],
    );
  },
});
