import type { ActivityDeps } from '../deps.ts';

const MOST = 200;

/** Rings incidents that were asked a while ago to read their ticket and could not, as the gate was closed then. */
export async function ringForgottenLooks({ pool, connection, bells }: ActivityDeps): Promise<number> {
  const { rows } = await pool.query<{ key: string }>(
    `with forgotten as (
       select id from incident
       where connection = $1 and look_at < clock_timestamp() - interval '1 minute' and ticket_id is not null and not bell
         and phase in ('open', 'closing', 'waiting')
       order by key limit ${MOST} for no key update skip locked
     )
     update incident i set bell = true, bell_raised_at = now(), bell_sent_at = null, bell_rung = 0, bell_refused = null
     from forgotten where i.id = forgotten.id returning i.key`,
    [connection],
  );
  await bells.ringIncidents(rows.map(({ key }) => key));
  return rows.length;
}
