import { z } from 'zod';
import { companyLimit } from '../company-limit.ts';
import { invalid, notFound } from '../errors.ts';
import { decodeCursor, toPage } from '../paging.ts';
import { defineVerb } from '../verb.ts';
import { SilenceQuery, type SilencePage, type SilenceView } from './schemas.ts';

interface SilenceRow {
  before: string;
  began_at: Date;
  ended_at: Date | null;
  told: number;
  ticket: string | null;
  ending: string | null;
  incident_id: string;
  is_open: boolean;
}

/**
 * The silences of an endpoint that are still kept, the last first: each from its first alert to the webhook that ended it.
 * Throws `not-found` for an endpoint that is not there.
 */
export const listSilences = defineVerb({
  name: 'heartbeat.silences.list',
  role: 'viewer',
  ofCompany: true,
  input: z.object({ id: z.uuid(), query: SilenceQuery }),
  run: async (context, { id, query: { limit, cursor } }): Promise<SilencePage> => {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)?.[0] ?? '');
    if (after !== null && !/^\d{1,9}$/.test(after))
      throw invalid([{ path: 'cursor', message: 'This is no cursor of this list.' }]);
    const values: unknown[] = [];
    const given = (value: unknown) => `$${values.push(value)}`;
    const endpoint = await context.pool.query(
      `select 1 from endpoint e where e.id = ${given(id)} and e.deleted_at is null and ${companyLimit(context, 'endpoint e', given)}`,
      values,
    );
    if (endpoint.rowCount === 0) throw notFound('endpoint');
    const found = await context.pool.query<SilenceRow>(SQL, [id, after, limit + 1]);
    return toPage(found.rows, limit, present, ({ before }) => [before]);
  },
});

/** A silence is what lies between two closes: `before` is how many closes there were before it. */
const SQL = `
  with told as (
    select a.*, count(*) filter (where a.kind = 'close') over (order by a.seq rows between unbounded preceding and 1 preceding) as before,
           coalesce(h.is_open, false) as is_open
    from incident i join alert a on a.incident_id = i.id left join heartbeat h on h.endpoint_id = i.endpoint_id
    where i.key = 'incident:' || $1 || ':heartbeat'
  )
  select before, min(received_at) filter (where kind = 'open') as began_at, max(received_at) filter (where kind = 'close') as ended_at,
         (count(*) filter (where kind = 'open'))::int as told, (array_agg(ticket order by seq desc) filter (where ticket is not null))[1] as ticket,
         max(message) filter (where kind = 'close') as ending, (array_agg(incident_id))[1] as incident_id, bool_or(is_open) as is_open
  from told group by before having count(*) filter (where kind = 'open') > 0 and ($2::bigint is null or before < $2::bigint)
  order by before desc limit $3`;

function present(row: SilenceRow): SilenceView {
  return {
    beganAt: row.began_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    isOpen: row.ended_at === null && row.is_open,
    told: row.told,
    ticketId: row.ticket,
    endedBy: /^Webhook ([0-9a-f-]{36}) /.exec(row.ending ?? '')?.[1] ?? null,
    incidentId: row.incident_id,
  };
}
