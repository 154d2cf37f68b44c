import type { IncidentRow } from '../journal/incident-row.ts';
import type { Step } from '../journal/own-incident.ts';
import { lastUnsettledClose } from '../journal/alerts.ts';
import { readDraft } from './read-draft.ts';
import { isOurKey, ticketKey } from './ticket-key.ts';
import { isOpenTicket } from './ticket-state.ts';
import type { TicketSnapshot } from './ticket-system.ts';

/**
 * The open ticket that a close without a known ticket means: the one with our key, else one with exactly the same summary
 * that carries no key of ours and belongs to no other incident; null when there is none.
 */
export async function findClosable(step: Step, row: IncidentRow): Promise<TicketSnapshot | null> {
  const { tickets, settings, connection, pool } = step.deps;
  const close = await lastUnsettledClose(pool, row.id);
  const draft = await readDraft(pool, row, close);
  const key = ticketKey(settings.installation, connection, row.key, row.episode);
  const [ours, others] = await Promise.all([tickets.findByKey(key, step.signal), tickets.findOpen(draft, step.signal)]);
  const own = ours.find((ticket) => isOpenTicket(ticket, row));
  if (own) return own;
  const free = others.filter((ticket) => !isOurKey(ticket.key) && isOpenTicket(ticket, row));
  const taken = await takenIds(
    step,
    free.map((ticket) => ticket.id),
  );
  return free.find((ticket) => !taken.has(ticket.id)) ?? null;
}

/** Which of these tickets belong to an incident now. */
export async function takenIds(step: Step, ticketIds: readonly string[]): Promise<Set<string>> {
  if (ticketIds.length === 0) return new Set();
  const { rows } = await step.deps.pool.query(
    'select ticket_id from incident where connection = $1 and ticket_id = any($2)',
    [step.deps.connection, ticketIds],
  );
  return new Set(rows.map((row: { ticket_id: string }) => row.ticket_id));
}
