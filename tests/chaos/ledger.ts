import type { Pool } from '../../infra/database/pool.ts';
import type { RunningStack } from '../support/running-stack.ts';
import type { StormSender } from './storm-sender.ts';
import type { Ledger } from './verdict.ts';

/** What is under way at one moment. */
export interface InFlight {
  /** Requests of the sender without an answer. */
  requests: number;
  /** Accepted webhooks that are not planned. */
  received: number;
  /** Planned alerts that are not settled. */
  unsettled: number;
}

export async function readInFlight(pool: Pool, sender: StormSender): Promise<InFlight> {
  const { rows } = await pool.query<{ received: number; unsettled: number }>(
    `select (select count(*) from webhook where state = 'received') as received, (select count(*) from alert where not settled) as unsettled`,
  );
  return { requests: sender.inFlight(), received: rows[0]?.received ?? 0, unsettled: rows[0]?.unsettled ?? 0 };
}

const POLL_MS = 250;
const ASK_PERSON_EVERY_MS = 5_000;

/**
 * Waits until nothing is received, unsettled, pending or half-way any more, or `withinMs` are over. An incident that asks for
 * a person gets one, who lets it create its ticket. Answers how often that was, and what was left in words.
 */
export async function untilSettled(
  { pool, rest }: RunningStack,
  withinMs: number,
): Promise<{ persons: number; left: string[]; tookMs: number }> {
  const began = Date.now();
  let persons = 0;
  let askAt = began + ASK_PERSON_EVERY_MS;
  for (;;) {
    const left = await whatIsLeft(pool).catch((error: Error) => [`Postgres does not answer: ${error.message}`]);
    if (left.length === 0 || Date.now() - began > withinMs) return { persons, left, tookMs: Date.now() - began };
    if (Date.now() > askAt) {
      askAt = Date.now() + ASK_PERSON_EVERY_MS;
      persons += await actAsPerson(pool, rest).catch(() => 0);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function actAsPerson(pool: Pool, rest: RunningStack['rest']): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(`select id from incident where phase = 'uncertain' limit 50`);
  for (const { id } of rows) await rest.post(`/incidents/${id}/create`, {});
  return rows.length;
}

async function whatIsLeft(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ received: number; unsettled: number; busy: string[] | null }>(
    `select (select count(*) from webhook where state = 'received') as received,
       (select count(*) from alert where not settled and state <> 'held') as unsettled,
       (select array_agg(name || ': ' || phase || coalesce(', ' || error, '') order by name) from (
          select * from incident where bell or pending is not null or writing is not null or phase not in ('open', 'closed') limit 10) busy) as busy`,
  );
  const [row] = rows;
  if (!row) return ['no answer'];
  const busy = row.busy ?? [];
  if (row.received === 0 && row.unsettled === 0 && busy.length === 0) return [];
  return [`${row.received} not planned, ${row.unsettled} alerts not settled`, ...busy];
}

/** Compares the sender's list with the database. */
export async function readLedger(pool: Pool, ids: readonly string[]): Promise<Ledger> {
  const { rows } = await pool.query<{ id: string; state: string; open: number; failed: number }>(
    `select w.id, w.state, count(a.n) filter (where not a.settled) as open, count(a.n) filter (where a.state = 'failed') as failed
       from webhook w left join alert a on a.webhook_id = w.id where w.id = any($1::uuid[]) group by w.id, w.state`,
    [ids],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const where = (holds: (row: (typeof rows)[number]) => boolean) => rows.filter(holds).map(({ id }) => id);
  return {
    missing: ids.filter((id) => !found.has(id)),
    unsettled: where(({ state, open }) => state === 'received' || open > 0),
    failed: where(({ state, failed }) => state === 'failed' || failed > 0),
  };
}

/** A few of the accepted webhooks as the REST API shows them: each must be processed, with a ticket where it asked for one. */
export async function wrongInHistory(rest: RunningStack['rest'], ids: readonly string[]): Promise<string[]> {
  const some = ids.filter((_, at) => at % Math.max(1, Math.floor(ids.length / 20)) === 0);
  const shown = await Promise.all(
    some.map((id) => rest.get<{ requestId: string; status: string; ticketId: string | null }>(`/history/${id}`)),
  );
  return shown
    .filter(({ status }) => status !== 'processed')
    .map(({ requestId, status }) => `${requestId} is shown as ${status}`);
}
