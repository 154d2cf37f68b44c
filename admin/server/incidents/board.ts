import { z } from 'zod';
import { defineVerb } from '../verb.ts';
import { incidentConditions } from './conditions.ts';
import { INCIDENT_COLUMNS, presentIncident, type IncidentRow } from './present.ts';
import { BoardQuery, type IncidentBoard } from './schemas.ts';

/** How many incidents there are in each phase, and the last changed of each; phases without any are left out. */
export const getBoard = defineVerb({
  name: 'incident.board',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ query: BoardQuery }),
  run: async (context, { query: { limit, ...filter } }): Promise<IncidentBoard> => {
    const values: unknown[] = [];
    const given = (value: unknown) => `$${values.push(value)}`;
    const where = incidentConditions(context, filter, given).join(' and ');
    const found = await context.pool.query<IncidentRow & { count: number }>(
      `with counted as (select i.phase, count(*) from incident i where ${where} group by 1)
       select counted.count, newest.* from counted cross join lateral (
         select ${INCIDENT_COLUMNS} from incident i left join endpoint e on e.id = i.endpoint_id
         where i.phase = counted.phase and ${where} order by i.updated_at desc, i.id desc limit ${given(limit)}
       ) newest order by newest.updated_at desc, newest.id desc`,
      values,
    );
    const phases = Map.groupBy(found.rows, ({ phase }) => phase);
    return {
      phases: [...phases].map(([phase, rows]) => ({
        phase,
        count: rows[0]?.count ?? 0,
        items: rows.map((row) => presentIncident(context, row)),
      })),
    };
  },
});
