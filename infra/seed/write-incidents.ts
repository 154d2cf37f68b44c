import { randomUUID } from 'node:crypto';
import { incidentWorkflowId } from '../../workflows/contracts/ids.ts';
import type { Queryable } from '../database/pool.ts';
import { shardOf } from '../database/shard.ts';
import type { Sample } from './samples.ts';
import { DAY_MS, type SeedRun } from './size.ts';

/** An incident as its webhooks name it. */
export interface SeedIncident {
  id: string;
  ticket: string;
}

const SLICE = 2_000;
const OPEN_IN = 25;

/** Makes each monitor's incident at each endpoint with its ticket at the built-in desk; most are closed. Answers them by endpoint and monitor. */
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
      const opened = run.now.getTime() - (run.size.days * DAY_MS * ((at * 31 + monitor * 17) % 97)) / 97;
      const isOpen = (at * openings.length + monitor) % OPEN_IN === 0;
      const [, , digest = ''] = sample.alert.incidentKey.split(':');
      return { id: randomUUID(), endpointId, sample, digest, opened: new Date(opened), isOpen, ticket: ticket++ };
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
      slice.map(({ opened }) => opened),
      slice.map(({ isOpen }) => isOpen),
      slice.map((incident) => incident.ticket),
      slice.map(({ sample }) => sample.alert.ticket.description),
    ]);
  }
  await db.query(`select setval(pg_get_serial_sequence('ticket', 'id'), (select max(id) from ticket))`);
  run.say(`${made.length} incidents with their tickets.`);
  return endpoints.map((_, at) =>
    made
      .slice(at * openings.length, (at + 1) * openings.length)
      .map((one) => ({ id: one.id, ticket: String(one.ticket) })),
  );
}

const STATEMENT = `with given as materialized (
    select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::boolean[], $10::bigint[], $11::text[])
      v (id, key, endpoint_id, shard, name, summary, digest, opened, is_open, ticket, description)),
  tickets as (
    insert into ticket (id, key, summary, description, board, status, closed, created_at, updated_at, updated_by, closed_at)
    select ticket, 'seed:' || id, summary, description, 'Service', case when is_open then 'New' else 'Closed' end, not is_open,
           opened, opened, 'HookWise', case when is_open then null else opened + interval '40 minutes' end from given),
  incidents as (
    insert into incident (id, key, endpoint_id, shard, connection, name, summary, summary_digest, phase, want, episode, ticket_id,
                          last_ticket_id, opened_at, closed_at, alerts, created_at, updated_at)
    select id, key, endpoint_id, shard, 'desk', name, summary, digest, case when is_open then 'open' else 'closed' end,
           case when is_open then 'open' else 'closed' end, 1, case when is_open then ticket::text end, ticket::text, opened,
           case when is_open then null else opened + interval '40 minutes' end, 0, opened, opened from given
    returning id)
  insert into incident_event (incident_id, at, episode, kind, text)
  select g.id, g.opened + e.later, 1, e.kind, replace(e.words, '#', '#' || g.ticket)
    from given g join incidents i on i.id = g.id
    cross join (values (interval '0', 'ticket', 'Ticket # was created.'), (interval '9 minutes', 'note', 'A note was written on ticket #.'),
                       (interval '40 minutes', 'closed', 'Ticket # was closed.')) e (later, kind, words)
   where not (g.is_open and e.kind = 'closed')`;
