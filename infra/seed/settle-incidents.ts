import type { Queryable } from '../database/pool.ts';
import type { SeedRun } from './size.ts';
import type { SeedIncident } from './write-incidents.ts';

/** Gives the seeded incidents and their tickets the counts and times of their alerts, with a timeline and notes to match. */
export async function settleIncidents(
  db: Queryable,
  { say }: SeedRun,
  incidents: readonly SeedIncident[][],
): Promise<void> {
  await db.query(TIMES, [incidents.flat().map(({ id }) => id)]);
  for (const statement of STATEMENTS) await db.query(statement);
  say('Incidents and tickets have the counts and times of their alerts.');
}

const TIMES = `create temp table seed_time as
  select incident_id as id, count(*) as alerts, min(received_at) as began, max(received_at) as ended, count(*) filter (where kind <> 'close') as opens,
         max(message) filter (where kind = 'open') as message, (array_agg(error order by seq desc) filter (where error is not null))[1] as error
    from alert where incident_id = any($1::uuid[]) group by incident_id`;

const STATEMENTS = [
  `update incident i set alerts = t.alerts, created_at = t.began, opened_at = case when i.phase <> 'blocked' then t.began end, updated_at = t.ended,
          closed_at = case when i.phase = 'closed' then t.ended end, note_count = case when i.phase <> 'blocked' then least(t.opens, 200) else 0 end,
          note_at = t.ended, error = case when i.phase = 'blocked' then t.error end, error_at = case when i.phase = 'blocked' then t.ended end
     from seed_time t where t.id = i.id`,
  `update ticket k set created_at = t.began, updated_at = t.ended, closed_at = case when k.closed then t.ended end
     from seed_time t where k.key = 'seed:' || t.id`,
  `insert into incident_event (incident_id, at, episode, kind, text)
     select t.id, e.at, 1, e.kind, e.words from seed_time t join incident i on i.id = t.id
      cross join lateral (values
        (t.began, 'ticket', 'Ticket #' || i.last_ticket_id || ' was created.', i.phase <> 'blocked'),
        (t.began + (t.ended - t.began) / 2, 'note', 'A note was written on ticket #' || i.last_ticket_id || '.', i.phase <> 'blocked'),
        (t.ended, 'closed', 'Ticket #' || i.last_ticket_id || ' was closed.', i.phase = 'closed'),
        (t.ended, 'blocked', t.error, i.phase = 'blocked' and t.error is not null)) e (at, kind, words, happened)
      where e.happened order by e.at`,
  `insert into ticket_note (ticket_id, key, body, visibility, purpose, author, at)
     select k.id, k.key || ':' || n.purpose, n.words, 'internal', n.purpose, 'HookWise', n.at
       from seed_time t join ticket k on k.key = 'seed:' || t.id
      cross join lateral (values
        ('update', t.opens || ' alerts until then, the last: ' || coalesce(t.message, 'down'), t.began + (t.ended - t.began) / 2, true),
        ('resolution', 'The monitor is up again.', t.ended, k.closed)) n (purpose, words, at, happened)
      where n.happened`,
];
