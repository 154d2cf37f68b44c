import { randomUUID } from 'node:crypto';
import { incidentWorkflowId } from '../../workflows/contracts/ids.ts';
import type { Queryable } from '../database/pool.ts';
import { shardOf } from '../database/shard.ts';
import type { Sample } from './samples.ts';
import type { SeedRun } from './size.ts';

/** An incident as its webhooks name it. */
export interface SeedIncident {
  id: string;
  /** null where the ticket system refuses it. */
  ticket: string | null;
}

/** What the ticket system answered where it refuses an incident. */
export const REFUSAL = 'ConnectWise answered 400: Board Service has no status New';

const SLICE = 2_000;
const OPEN_IN = 25;
const [BLOCKED_IN, BLOCKED] = [100, 7];

/**
 * Makes each monitor's incident at each endpoint with its ticket at the built-in desk; most are closed, a few are blocked.
 * Their times are those of their alerts, see `settleIncidents`. Answers them by endpoint and monitor.
 */
export async function writeIncidents(
  db: Queryable,
  run: SeedRun,
  endpoints: readonly string[],
  samples: readonly Sample[],
): Promise<SeedIncident[][]> {
  const { rows } = await db.query<{ first: number }>('select coalesce(max(id), 1000) + 1 as first from ticket');
  let ticket = rows[0]?.first ?? 1001;
  const openings = samples.filter(
    (sample, at) => samples.findIndex(({ monitor }) => monitor === sample.monitor) === at,
  );
  const made = endpoints.flatMap((endpointId, at) =>
    openings.map((sample, monitor) => {
      const n = at * openings.length + monitor;
      const phase = n % OPEN_IN === 0 ? 'open' : n % BLOCKED_IN === BLOCKED ? 'blocked' : 'closed';
      const [, , digest = ''] = sample.alert.incidentKey.split(':');
      return { id: randomUUID(), endpointId, sample, digest, phase, ticket: phase === 'blocked' ? null : ticket++ };
    }),
  );
  for (let from = 0; from < made.length; from += SLICE) {
    const slice = made.slice(from, from + SLICE);
    await db.query(STATEMENT, [
      slice.map(({ id }) => id),
      slice.map(({ endpointId, digest }) => incidentWorkflowId(endpointId, digest)),
      slice.map(({ endpointId }) => endpointId),
      slice.map(({ endpointId }) => shardOf(endpointId)),
      slice.map(({ sample }) => sample.alert.name),
      slice.map(({ sample }) => sample.alert.ticket.summary),
      slice.map(({ sample }) => sample.alert.summaryDigest),
      slice.map(({ phase }) => phase),
      slice.map((incident) => incident.ticket),
      slice.map(({ sample }) => sample.alert.ticket.description),
      run.now,
      REFUSAL,
    ]);
  }
  await db.query(`select setval(pg_get_serial_sequence('ticket', 'id'), (select max(id) from ticket))`);
  run.say(`${made.length} incidents with their tickets.`);
  return endpoints.map((_, at) =>
    made
      .slice(at * openings.length, (at + 1) * openings.length)
      .map((one) => ({ id: one.id, ticket: one.ticket === null ? null : String(one.ticket) })),
  );
}

const STATEMENT = `with given as materialized (
    select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::text[])
      v (id, key, endpoint_id, shard, name, summary, digest, phase, ticket, description)),
  tickets as (
    insert into ticket (id, key, summary, description, board, status, closed, created_at, updated_at, updated_by)
    select ticket, 'seed:' || id, summary, description, 'Service', case when phase = 'open' then 'New' else 'Closed' end, phase <> 'open', $11, $11, 'HookWise'
      from given where ticket is not null)
  insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest, phase, want, episode, ticket_id, last_ticket_id,
                        batch, batch_open, error, attempts, created_at, updated_at)
  select id, key, endpoint_id, shard, 'desk', name, summary, digest, phase, case when phase = 'closed' then 'closed' else 'open' end, 1,
         case when phase = 'open' then ticket::text end, ticket::text, 1, phase = 'blocked', case when phase = 'blocked' then $12 end,
         case when phase = 'blocked' then 1 else 0 end, $11, $11 from given`;
