import type { Queryable } from './pool.ts';

/**
 * Asks the incidents that have these tickets to read them: raises their bells, which somebody rings. Locks in the order of
 * keys. Answers the ticket and the key of each incident that was asked; a ticket of no open incident is left out.
 */
export async function hintTickets(
  db: Queryable,
  connection: string,
  ticketIds: readonly string[],
): Promise<{ ticketId: string; key: string }[]> {
  if (ticketIds.length === 0) return [];
  const { rows } = await db.query<{ ticketId: string; key: string }>(
    `with hinted as (
       select id from incident where connection = $1 and ticket_id = any($2) order by key for no key update
     )
     update incident i set look_at = date_trunc('milliseconds', clock_timestamp()), bell = true,
       bell_raised_at = case when i.bell then i.bell_raised_at else now() end,
       bell_sent_at = case when i.bell then i.bell_sent_at end,
       bell_rung = case when i.bell then i.bell_rung else 0 end,
       bell_refused = case when i.bell then i.bell_refused end
     from hinted where i.id = hinted.id returning i.ticket_id as "ticketId", i.key`,
    [connection, [...ticketIds]],
  );
  return rows;
}

/** Counts hints that came by callback, for show. */
export async function countHints(db: Queryable, connection: string, hints: number): Promise<void> {
  await db.query(
    `insert into psa_watch as w (connection, hinted_at, hints) values ($1, clock_timestamp(), $2)
     on conflict (connection) do update set hinted_at = excluded.hinted_at, hints = w.hints + excluded.hints`,
    [connection, hints],
  );
}
