import type { FoldAlert } from '../../workflows/domain/incident-fold.ts';
import type { Queryable } from '../../infra/database/pool.ts';

/** How many alerts one take stamps at most. */
export const TAKE_LIMIT = 200;

/**
 * Stamps the next open alerts of an incident with `batch`, in `seq` order; answers them in that order. One scan, no join: while
 * a day is new, Postgres takes its partition for nearly empty, and a join would visit every row for every other. Not `state =
 * 'open'`: Postgres would look through the open alerts of every incident, by the index of history.
 */
export async function stampAlerts(db: Queryable, incidentId: string, batch: number): Promise<FoldAlert[]> {
  const waiting = `incident_id = $1 and not settled and state <> 'held' and batch is null`;
  const { rows } = await db.query(
    `update alert set batch = $2
      where ${waiting} and (seq, n) <= (
        select seq, n from (select seq, n from alert where ${waiting} order by seq, n limit ${TAKE_LIMIT}) oldest order by seq desc, n desc limit 1)
      returning webhook_id as "webhookId", n, seq, kind, message, received_at as "receivedAt"`,
    [incidentId, batch],
  );
  return (rows as (Omit<FoldAlert, 'receivedAt'> & { receivedAt: Date })[])
    .map((row) => ({ ...row, receivedAt: row.receivedAt.toISOString() }))
    .sort((a, b) => a.seq - b.seq || a.n - b.n);
}

export interface Unsettled {
  opens: number;
  closes: number;
  lastOpenSeq: number | null;
}

/** What of the taken alerts is not settled yet. */
export async function countUnsettled(db: Queryable, incidentId: string): Promise<Unsettled> {
  const { rows } = await db.query(
    `select count(*) filter (where kind <> 'close') as opens, count(*) filter (where kind = 'close') as closes,
       max(seq) filter (where kind <> 'close') as "lastOpenSeq"
     from alert where incident_id = $1 and not settled and batch is not null`,
    [incidentId],
  );
  return rows[0] as Unsettled;
}

/** The oldest or newest taken and unsettled alerts that ask for an open ticket. */
export async function unsettledOpens(db: Queryable, incidentId: string, limit: number): Promise<FoldAlert[]> {
  const { rows } = await db.query(
    `select webhook_id as "webhookId", n, seq, kind, message, received_at as "receivedAt" from alert
     where incident_id = $1 and not settled and batch is not null and kind <> 'close' order by seq, n limit $2`,
    [incidentId, limit],
  );
  return (rows as (Omit<FoldAlert, 'receivedAt'> & { receivedAt: Date })[]).map((row) => ({
    ...row,
    receivedAt: row.receivedAt.toISOString(),
  }));
}

/** The newest taken and unsettled alert that asks for an open ticket. */
export async function newestUnsettledOpen(
  db: Queryable,
  incidentId: string,
): Promise<{ webhookId: string; n: number } | null> {
  const { rows } = await db.query(
    `select webhook_id as "webhookId", n from alert
     where incident_id = $1 and not settled and batch is not null and kind <> 'close' order by seq desc, n desc limit 1`,
    [incidentId],
  );
  return (rows[0] as { webhookId: string; n: number } | undefined) ?? null;
}

/** The last taken and unsettled close, whose words the resolution note tells. */
export async function lastUnsettledClose(db: Queryable, incidentId: string): Promise<FoldAlert | null> {
  const { rows } = await db.query(
    `select webhook_id as "webhookId", n, seq, kind, message, received_at as "receivedAt" from alert
     where incident_id = $1 and not settled and batch is not null and kind = 'close' order by seq desc, n desc limit 1`,
    [incidentId],
  );
  const row = rows[0] as (Omit<FoldAlert, 'receivedAt'> & { receivedAt: Date }) | undefined;
  return row ? { ...row, receivedAt: row.receivedAt.toISOString() } : null;
}

export type SettledAction = 'none' | 'create' | 'update' | 'close' | 'reopen';

/** Settles taken alerts of an incident as `processed`; `which` narrows them. Answers how many. */
export async function settleAlerts(
  db: Queryable,
  incidentId: string,
  outcome: { action: SettledAction; ticket: string | null; at: string },
  which: { kind?: 'open' | 'close'; throughSeq?: number; exactly?: { webhookId: string; n: number } },
): Promise<number> {
  const conditions = ['incident_id = $1', 'not settled', 'batch is not null'];
  const values: unknown[] = [incidentId, outcome.action, outcome.ticket, outcome.at];
  if (which.kind === 'open') conditions.push(`kind <> 'close'`);
  if (which.kind === 'close') conditions.push(`kind = 'close'`);
  if (which.throughSeq !== undefined) conditions.push(`seq <= $${values.push(which.throughSeq)}`);
  if (which.exactly)
    conditions.push(`webhook_id = $${values.push(which.exactly.webhookId)}`, `n = $${values.push(which.exactly.n)}`);
  const { rowCount } = await db.query(
    `update alert set state = 'processed', settled = true, action = $2, ticket = $3, error = null, settled_at = $4 where ${conditions.join(' and ')}`,
    values,
  );
  return rowCount ?? 0;
}

/** Shows the ticket system's refusal on every taken alert that waits for it; they stay unsettled. */
export async function showRefusal(
  db: Queryable,
  incidentId: string,
  ticket: string | null,
  error: string,
): Promise<void> {
  await db.query(
    `update alert set state = 'failed', error = $3, ticket = $2 where incident_id = $1 and not settled and batch is not null`,
    [incidentId, ticket, error],
  );
}
