import type { Queryable } from './pool.ts';

/** How the callback at the ticket system stands. `wanted` is what a person last said. */
export interface CallbackState {
  wanted: boolean;
  url: string | null;
  recordId: string | null;
  state: 'never' | 'registered' | 'off' | 'refused' | 'failed';
  reason: string | null;
  checkedAt: Date | null;
  hintedAt: Date | null;
  hints: number;
  sweptAt: Date | null;
}

const NEVER: CallbackState = {
  wanted: true,
  url: null,
  recordId: null,
  state: 'never',
  reason: null,
  checkedAt: null,
  hintedAt: null,
  hints: 0,
  sweptAt: null,
};

export async function readCallbackState(db: Queryable, connection: string): Promise<CallbackState> {
  const { rows } = await db.query<CallbackState>(
    `select wanted, url, record_id as "recordId", state, reason, checked_at as "checkedAt", hinted_at as "hintedAt", hints,
       swept_at as "sweptAt" from psa_watch where connection = $1`,
    [connection],
  );
  return rows[0] ?? NEVER;
}

/** Keeps whether a person wants callbacks; the next look registers or removes. */
export async function wantCallbacks(db: Queryable, connection: string, wanted: boolean): Promise<void> {
  await db.query(
    `insert into psa_watch (connection, wanted) values ($1, $2) on conflict (connection) do update set wanted = excluded.wanted`,
    [connection, wanted],
  );
}

/** Keeps how the callback was found or made. */
export async function keepCallbackState(
  db: Queryable,
  connection: string,
  found: Pick<CallbackState, 'url' | 'recordId' | 'state' | 'reason'>,
  at: string,
): Promise<void> {
  await db.query(
    `insert into psa_watch (connection, url, record_id, state, reason, checked_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (connection) do update set url = excluded.url, record_id = excluded.record_id, state = excluded.state,
       reason = excluded.reason, checked_at = excluded.checked_at`,
    [connection, found.url, found.recordId, found.state, found.reason, at],
  );
}

/** From when on changes of tickets are not read yet; null before the first sweep. */
export async function readChangedSince(db: Queryable, connection: string): Promise<Date | null> {
  const { rows } = await db.query<{ since: Date | null }>(
    `select changed_since as since from psa_watch where connection = $1`,
    [connection],
  );
  return rows[0]?.since ?? null;
}

/** A sweep came to its end: the next one begins at `changedSince`, which never moves back. */
export async function keepSweep(
  db: Queryable,
  connection: string,
  sweep: { changedSince: string; at: string },
): Promise<void> {
  await db.query(
    `insert into psa_watch as w (connection, changed_since, swept_at) values ($1, $2, $3)
     on conflict (connection) do update set changed_since = greatest(w.changed_since, excluded.changed_since), swept_at = excluded.swept_at`,
    [connection, sweep.changedSince, sweep.at],
  );
}
