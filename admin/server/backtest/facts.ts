import type { Queryable } from '../../../infra/database/pool.ts';
import type { BacktestResult } from './schemas.ts';

/** What the incidents of an endpoint really did in a time, by their timelines. */
export async function readHappened(
  db: Queryable,
  endpointId: string,
  from: Date,
  to: Date,
): Promise<BacktestResult['happened']> {
  const { rows } = await db.query<BacktestResult['happened']>(
    `select count(*) filter (where kind = 'ticket-created') as created, count(*) filter (where kind = 'ticket-reopened') as reopened,
            count(*) filter (where kind = 'ticket-adopted') as adopted, count(*) filter (where kind = 'note') as notes,
            count(*) filter (where kind in ('closed', 'closed-by-person')) as closed
       from incident_event where incident_id in (select id from incident where endpoint_id = $1) and at >= $2 and at <= $3`,
    [endpointId, from, to],
  );
  const [counts] = rows;
  if (counts === undefined) throw new Error('A count without a row.');
  return counts;
}

/** What retention has taken of a range that begins at `from`, or of all time without one; null when nothing is missing. */
export async function readGone(
  db: Queryable,
  endpointId: string,
  from: Date | undefined,
): Promise<BacktestResult['gone']> {
  const { rows } = await db.query<{ keptFrom: Date | null; alerts: number }>(
    `select (select received_at from webhook order by id limit 1) as "keptFrom",
            greatest(0, (select coalesce(sum(alerts), 0)::bigint from incident where endpoint_id = $1)
              - (select count(*) from alert where incident_id in (select id from incident where endpoint_id = $1))) as alerts`,
    [endpointId],
  );
  const [found] = rows;
  if (found === undefined || found.alerts === 0) return null;
  const keptFrom = found.keptFrom ?? new Date();
  return from !== undefined && from >= keptFrom ? null : { before: keptFrom.toISOString(), alerts: found.alerts };
}
