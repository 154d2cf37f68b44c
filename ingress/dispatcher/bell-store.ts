import type { Pool } from '../../infra/database/pool.ts';
import { RAISED_BELL, type RaisedBell } from '../../infra/database/raise-bells.ts';

/**
 * How long a bell stays up before it is rung again: one that was never sent, sent once, twice and so on; the last span repeats.
 * What the server took waits longer: in a storm its run only stands in a queue, and each further signal makes that longer.
 */
export const RING_AGAIN_MS = [5_000, 30_000, 60_000, 300_000, 3_600_000] as const;

/** Longer than a step and its waiting for a free worker take; ringing a run that lives is harmless. */
export const OVERDUE_MS = 60_000;

/** What the ringer keeps in Postgres. */
export interface BellStore {
  /** Bells that are up and were not sent, or sent and not answered, for longer than their turn; oldest first. */
  due(limit: number): Promise<RaisedBell[]>;
  /** Which of these incidents have neither taken their alerts nor come to a ticket or to a reason to wait. */
  opening(ids: readonly string[]): Promise<string[]>;
  /** The server took the signals of these bells, unless they went down or up again since. */
  markSent(bells: readonly RaisedBell[]): Promise<void>;
  /** The server refused the signal for good. Answers whether that is news. */
  markRefused(bell: RaisedBell, reason: string): Promise<boolean>;
  /** Raises the bells of incidents whose run should have acted `OVERDUE_MS` ago and did not: it is lost. Oldest first. */
  raiseOverdue(limit: number): Promise<RaisedBell[]>;
  /** Connections whose gate is closed, or behind whose open gate something waits still. */
  gatesToRing(): Promise<string[]>;
}

/** The bells in Postgres; `againMs` as `RING_AGAIN_MS`, `overdueMs` as `OVERDUE_MS`. */
export function createBellStore(
  pool: Pool,
  { againMs, overdueMs }: { againMs: readonly number[]; overdueMs: number },
): BellStore {
  return {
    due: async (limit) => {
      const { rows } = await pool.query<RaisedBell>(
        `select ${RAISED_BELL}
           from incident
          where bell and coalesce(bell_sent_at, bell_raised_at)
                < clock_timestamp() - ($1::float8[])[least(bell_rung + 1, cardinality($1::float8[]))] * interval '1 ms'
          order by bell_raised_at limit $2`,
        [againMs, limit],
      );
      return rows;
    },
    opening: async (ids) => {
      const { rows } = await pool.query<{ id: string }>({
        name: 'incidents-opening',
        text: `select id from incident where id = any($1::uuid[]) and (bell or phase = 'opening')`,
        values: [ids],
      });
      return rows.map(({ id }) => id);
    },
    markSent: async (bells) => {
      await pool.query(
        `with sent as (
           select i.id from incident i join unnest($1::uuid[], $2::timestamptz[]) v (id, raised) on i.id = v.id
            where i.bell and i.bell_raised_at = v.raised for update of i skip locked
         )
         update incident i set bell_sent_at = clock_timestamp(), bell_rung = bell_rung + 1, bell_refused = null from sent where i.id = sent.id`,
        [bells.map(({ id }) => id), bells.map(({ raisedAt }) => raisedAt)],
      );
    },
    markRefused: async (bell, reason) => {
      const { rows } = await pool.query<{ known: boolean }>(
        `with before as (select id, bell_refused is not null as known from incident where id = $1 and bell and bell_raised_at = $2 for update)
         update incident i set bell_refused = $3, bell_sent_at = clock_timestamp(), bell_rung = bell_rung + 1
           from before where i.id = before.id returning before.known`,
        [bell.id, bell.raisedAt, reason],
      );
      return rows[0]?.known === false;
    },
    raiseOverdue: async (limit) => {
      const { rows } = await pool.query<RaisedBell>(
        `with overdue as (
           select id as lost from incident i
            where not bell and wakes_at < clock_timestamp() - $1::float8 * interval '1 ms' and phase <> 'waiting'
              and not exists (select from connection c where c.name = i.connection and c.gate = 'closed')
            order by wakes_at limit $2 for no key update skip locked
         )
         update incident i set bell = true, bell_raised_at = clock_timestamp(), bell_sent_at = null, bell_rung = 0, bell_refused = null,
           wakes_at = clock_timestamp(), updated_at = clock_timestamp()
           from overdue where i.id = lost
         returning ${RAISED_BELL}`,
        [overdueMs, limit],
      );
      return rows;
    },
    gatesToRing: async () => {
      const { rows } = await pool.query<{ name: string }>(
        `select name from connection where gate = 'closed'
         union select connection from incident where phase = 'waiting'`,
      );
      return rows.map(({ name }) => name);
    },
  };
}
