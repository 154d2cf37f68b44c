import { v7 as uuidv7 } from 'uuid';
import type { OrderAnswer, OrderKind } from '../../workflows/contracts/incident.ts';
import type { Queryable } from '../../infra/database/pool.ts';

/** A person's order as the verb kept it. `input` is the verb's own, validated there. */
export interface OrderRow {
  id: string;
  kind: OrderKind;
  input: { text?: string; ticketId?: string; visibility?: 'internal' | 'public'; until?: string };
  askedBy: string;
  state: 'asked' | 'done' | 'refused';
}

/** What is asked for by orders that do not need the ticket system. */
const LOCAL = {
  /** Carried out although the ticket system is away. */
  closed: ['acknowledge', 'snooze', 'analyse', 'retry'],
  /** Carried out although the last try failed and the next one waits. */
  resting: ['acknowledge', 'snooze', 'analyse', 'retry', 'create'],
} as const;

/**
 * Ids of the orders that can be carried out, oldest first, and whether others wait: while the connection's gate is `closed`, or
 * the incident is `resting` after a failure, those that would call the ticket system do.
 */
export async function readOpenOrders(
  db: Queryable,
  incidentId: string,
  state: 'ready' | 'resting' | 'closed',
): Promise<{ orders: string[]; someWait: boolean }> {
  const { rows } = await db.query(
    `select id, kind from incident_order where incident_id = $1 and state = 'asked' order by asked_at, id limit 100`,
    [incidentId],
  );
  const asked = rows as { id: string; kind: OrderKind }[];
  const allowed: readonly string[] | null = state === 'ready' ? null : LOCAL[state];
  const can = allowed === null ? asked : asked.filter(({ kind }) => allowed.includes(kind));
  return { orders: can.slice(0, 20).map(({ id }) => id), someWait: can.length < asked.length };
}

/** The endpoint was deleted and its incidents were to close with it: so does one that alerts accepted before opened since. */
export async function askClose(db: Queryable, incidentId: string, endpointName: string, at: string): Promise<void> {
  const text = `The endpoint "${endpointName}" was deleted, so its tickets are closed.`;
  await db.query(
    `insert into incident_order (id, incident_id, kind, input, asked_by, asked_at) values ($1, $2, 'close', $3, 'HookWise', $4)`,
    [uuidv7(), incidentId, JSON.stringify({ text }), at],
  );
}

/** Answers of those among `ids` that have been carried out or refused; an order that nobody kept is refused. */
export async function readAnswers(db: Queryable, ids: readonly string[]): Promise<OrderAnswer[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query(
    `select wanted.id as "orderId", coalesce(o.state, 'refused') as state, coalesce(o.answer, 'No such order is kept.') as answer
     from unnest($1::uuid[]) as wanted(id) left join incident_order o on o.id = wanted.id where o.state is distinct from 'asked'`,
    [ids],
  );
  return rows as OrderAnswer[];
}

export async function readOrder(db: Queryable, id: string): Promise<OrderRow | null> {
  const { rows } = await db.query(
    `select id, kind, input, asked_by as "askedBy", state from incident_order where id = $1`,
    [id],
  );
  return (rows[0] as OrderRow | undefined) ?? null;
}

/** Records what became of an order; an order that has an answer keeps it. */
export async function answerOrder(
  db: Queryable,
  id: string,
  state: 'done' | 'refused',
  answer: string,
  at: string,
): Promise<void> {
  await db.query(`update incident_order set state = $2, answer = $3, done_at = $4 where id = $1 and state = 'asked'`, [
    id,
    state,
    answer,
    at,
  ]);
}
