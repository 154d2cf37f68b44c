import { setTimeout as pause } from 'node:timers/promises';
import { hintTickets } from '../../infra/database/hint-tickets.ts';
import type { SweepPage } from '../../workflows/contracts/psa-watch.ts';
import type { ActivityDeps } from '../deps.ts';
import { isClosedName } from '../tickets/closed-status.ts';
import type { TicketSnapshot, TicketWatch } from '../tickets/ticket-system.ts';

/** Of the calls a second that the ticket system allows, a sweep makes at most this part. */
const SHARE = 1 / 4;
/** A ticket that neither was read nor stood in a list for so long is looked up in one. */
const LIST_AFTER_MS = 3_600_000;

/** Hints to the incidents whose tickets were changed and ended at `since` or later: one page of the list. Throws `TicketSystemError`. */
export async function sweepChanged(
  deps: ActivityDeps,
  watch: TicketWatch,
  input: { since: string; after: string | null },
  signal: AbortSignal,
): Promise<SweepPage> {
  const { tickets, next } = await watch.changedSince(input.since, input.after, signal);
  const ids = tickets.map(({ id }) => id);
  const hinted = await hint(deps, await endedOf(deps, tickets, ids));
  await rest(deps, signal);
  return { tickets: tickets.length, hinted, next };
}

/**
 * Looks up open tickets that were not seen for an hour, many in one call, and hints to the incidents of those that ended or
 * are not in the list. `next` is the ticket to go on after. Throws `TicketSystemError`.
 */
export async function sweepListed(
  deps: ActivityDeps,
  watch: TicketWatch,
  input: { now: string; after: string | null },
  signal: AbortSignal,
): Promise<SweepPage> {
  const { rows } = await deps.pool.query<{ id: string }>(
    `select ticket_id as id from incident
     where connection = $1 and ticket_id is not null and ($2::text is null or ticket_id > $2)
       and greatest(coalesce(checked_at, '-infinity'), coalesce(listed_at, '-infinity')) < $3
     order by ticket_id limit $4`,
    [deps.connection, input.after, new Date(Date.parse(input.now) - LIST_AFTER_MS), watch.mostIds],
  );
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return { tickets: 0, hinted: 0, next: null };
  const tickets = await watch.listed(ids, signal);
  const hinted = await hint(deps, await endedOf(deps, tickets, ids));
  await deps.pool.query(
    `with listed as (
       select id from incident where connection = $1 and ticket_id = any($2) order by key for no key update
     )
     update incident i set listed_at = $3 from listed where i.id = listed.id`,
    [deps.connection, ids, input.now],
  );
  await rest(deps, signal);
  return { tickets: ids.length, hinted, next: ids.length < watch.mostIds ? null : (ids.at(-1) ?? null) };
}

/** Of the tickets `asked` for, those of ours that the list shows as closed or merged, or does not show. */
async function endedOf(
  deps: ActivityDeps,
  shown: readonly TicketSnapshot[],
  asked: readonly string[],
): Promise<string[]> {
  const { rows } = await deps.pool.query<{ id: string; closeStatus: string | null }>(
    `select i.ticket_id as id, e.config #>> '{ticketing,closeStatus}' as "closeStatus"
     from incident i join endpoint e on e.id = i.endpoint_id where i.connection = $1 and i.ticket_id = any($2)`,
    [deps.connection, asked],
  );
  const byId = new Map(shown.map((ticket) => [ticket.id, ticket]));
  return rows.filter(({ id, closeStatus }) => isOver(byId.get(id), closeStatus)).map(({ id }) => id);
}

function isOver(ticket: TicketSnapshot | undefined, closeStatus: string | null): boolean {
  if (ticket === undefined || !ticket.isOpen || ticket.mergedInto !== null) return true;
  return closeStatus !== null && isClosedName(ticket.statusName, [closeStatus]);
}

async function hint(deps: ActivityDeps, ticketIds: readonly string[]): Promise<number> {
  const hinted = await hintTickets(deps.pool, deps.connection, ticketIds);
  await deps.bells.ringIncidents(hinted.map(({ key }) => key));
  return hinted.length;
}

async function rest({ settings }: ActivityDeps, signal: AbortSignal): Promise<void> {
  if (settings.callsPerSecond !== null) await pause(1000 / (settings.callsPerSecond * SHARE), undefined, { signal });
}
