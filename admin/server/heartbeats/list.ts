import { z } from 'zod';
import { HEARTBEAT_BUDGET_PER_SECOND } from '../../../workflows/contracts/heartbeat.ts';
import { companyLimit } from '../company-limit.ts';
import { invalid } from '../errors.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { defineVerb, type VerbContext } from '../verb.ts';
import { presentHeartbeat, type HeartbeatRow } from './present.ts';
import { HeartbeatQuery, type HeartbeatPage } from './schemas.ts';

const HAS_HEARTBEAT = `e.deleted_at is null and (e.config -> 'heartbeat' ->> 'enabled')::boolean`;

/** Endpoints with a heartbeat, by name; disabled and draft ones as `off`. */
export const listHeartbeats = defineVerb({
  name: 'heartbeat.list',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ query: HeartbeatQuery }),
  run: async (context, { query }): Promise<HeartbeatPage> => {
    const after = query.cursor === undefined ? null : decodeCursor(query.cursor, 2);
    if (query.cursor !== undefined && after === null)
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const values: unknown[] = [];
    const where = [HAS_HEARTBEAT];
    const given = (value: unknown) => `$${values.push(value)}`;
    where.push(companyLimit(context, 'endpoint e', given));
    if (query.endpoint) where.push(`e.id = ${given(query.endpoint)}`);
    if (query.open) where.push(`coalesce(h.is_open, false) = ${given(query.open === 'true')}`);
    if (after) where.push(`(e.name, e.id) > (${given(after[0])}, ${given(after[1])}::uuid)`);
    const found = await context.pool.query<HeartbeatRow>(
      `select e.id, e.name, e.config, h.is_on, h.phase, h.since, h.last_seen_at as looked_seen_at, s.last_seen_at as seen_at, h.deadline_at,
              h.told_count, h.reason,
              case when i.phase not in ('closed', 'abandoned') then json_build_object('id', i.id, 'phase', i.phase, 'ticketId', i.ticket_id) end as incident,
              case when i.id is not null then json_build_object('id', i.id, 'phase', i.phase, 'ticketId', coalesce(i.ticket_id, i.last_ticket_id)) end as last_incident
         from endpoint e left join heartbeat h on h.endpoint_id = e.id left join endpoint_seen s on s.endpoint_id = e.id
         left join incident i on i.key = 'incident:' || e.id || ':heartbeat'
        where ${where.join(' and ')} order by e.name, e.id limit ${given(query.limit + 1)}`,
      values,
    );
    const page = toPage(
      found.rows,
      query.limit,
      (row) => presentHeartbeat(context, row),
      (row) => [row.name, row.id],
    );
    return { ...page, load: { wakesPerSecond: await readLoad(context), budgetPerSecond: HEARTBEAT_BUDGET_PER_SECOND } };
  },
});

/** How often all timeouts wake their workflows, were every endpoint silent. */
async function readLoad({ pool }: VerbContext): Promise<number> {
  const { rows } = await pool.query<{ wakes: number }>(
    `select coalesce(sum(1 / (60 * (e.config -> 'heartbeat' ->> 'timeoutMinutes')::float8)), 0) as wakes from endpoint e
      where ${HAS_HEARTBEAT} and e.enabled and not e.draft and coalesce(e.config -> 'heartbeat' ->> 'cron', '') = ''`,
  );
  return Math.round((rows[0]?.wakes ?? 0) * 1_000) / 1_000;
}
