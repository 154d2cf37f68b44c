import type { IncidentSnapshot } from '../../workflows/contracts/incident.ts';
import type { TicketDraft } from '../../workflows/contracts/plan.ts';
import { addTimeline, updateIncident } from '../journal/incident-changes.ts';
import type { IncidentRow } from '../journal/incident-row.ts';
import { readOwned, recordAndTake, recordOwned, type Step } from '../journal/own-incident.ts';
import { newestUnsettledOpen } from '../journal/alerts.ts';
import { takenIds } from './find-closable.ts';
import { readDraft } from './read-draft.ts';
import { recordTicketFound } from './record-ticket.ts';
import { recordTrouble } from './record-trouble.ts';
import { isOurKey, ticketKey } from './ticket-key.ts';
import { isOpenTicket } from './ticket-state.ts';
import { TicketSystemError, type TicketSnapshot } from './ticket-system.ts';

/** Requests that may get no answer before the incident is `uncertain` and a person decides. */
const MOST_POSTS = 2;
const CONVERGE_AFTER_MS = 600_000;

/**
 * Makes sure that the incident has exactly one ticket: found by our key, adopted, reopened, or created by at most one
 * request at a time. May run twice: `posting_at` is committed before the request, and an attempt that finds it without a
 * result only looks (facts/connectwise.md §12).
 */
export async function openTicket(step: Step): Promise<IncidentSnapshot> {
  try {
    const row = await readOwned(step);
    if (row.ticketId !== null) return await recordAndTake(step, async () => undefined);
    const told = await draftAlert(step, row);
    const draft = await readDraft(step.deps.pool, row, told);
    const key = ticketKey(step.deps.settings.installation, step.deps.connection, row.key, row.episode);
    const known = (await reopened(step, row)) ?? (await found(step, row, draft, key));
    if (known)
      return await recordAndTake(step, async (tx, now) => recordTicketFound(step, tx, now, known.ticket, known.how));
    return row.postingAt === null
      ? await post(step, row, { draft, told }, key)
      : await lookedInVain(step, row, { draft, told }, key);
  } catch (error) {
    return recordTrouble(step, error);
  }
}

/** What is asked for, and the alert that it tells. */
interface Request {
  draft: TicketDraft;
  told: { webhookId: string; n: number } | null;
}

/** The alert whose plan the ticket follows: the first, or the newest once the ticket system has refused one. */
async function draftAlert(step: Step, row: IncidentRow): Promise<Request['told']> {
  if (row.draft !== null && (row.error === null || row.postingAt !== null)) return row.draft;
  return (await newestUnsettledOpen(step.deps.pool, row.id)) ?? row.draft;
}

type Known = { ticket: TicketSnapshot; how: 'create' | 'adopt' | 'reopen' };

/** The ticket closed by us a short while ago, open again; null when there is none or the window is over. */
async function reopened(step: Step, row: IncidentRow): Promise<Known | null> {
  const windowMs = row.config.ticketing.reopenWindowSeconds * 1000;
  if (row.lastTicketId === null || row.closedAt === null || row.postingAt !== null) return null;
  if (Date.parse(step.now()) > row.closedAt.getTime() + windowMs) return null;
  const ticket = await step.deps.tickets.get(row.lastTicketId, step.signal);
  if (ticket === null || ticket.mergedInto !== null) return null;
  if (isOpenTicket(ticket, row)) return { ticket, how: 'reopen' };
  try {
    return {
      ticket: await step.deps.tickets.setState(ticket.id, 'open', row.config.ticketing.status, step.signal),
      how: 'reopen',
    };
  } catch (error) {
    if (error instanceof TicketSystemError && (error.code === 'invalid' || error.code === 'not-applied')) return null;
    throw error;
  }
}

async function found(step: Step, row: IncidentRow, draft: TicketDraft, key: string): Promise<Known | null> {
  const { tickets } = step.deps;
  const [ours, others] = await Promise.all([
    tickets.findByKey(key, step.signal),
    row.postingAt === null ? tickets.findOpen(draft, step.signal) : Promise.resolve([]),
  ]);
  const own = ours[0];
  if (own) {
    if (ours.length > 1)
      await tickets.converge(
        own.id,
        ours.slice(1).map((extra) => extra.id),
        step.signal,
      );
    return ownTicket(step, own);
  }
  const free = others.filter((ticket) => !isOurKey(ticket.key) && isOpenTicket(ticket, row));
  const taken = await takenIds(
    step,
    free.map((ticket) => ticket.id),
  );
  const adoptable = free.find((ticket) => !taken.has(ticket.id));
  return adoptable ? { ticket: adoptable, how: 'adopt' } : null;
}

async function ownTicket(step: Step, own: TicketSnapshot): Promise<Known> {
  if (own.mergedInto === null) return { ticket: own, how: 'create' };
  const canonical = await step.deps.tickets.get(own.mergedInto, step.signal);
  const isFree = canonical !== null && (await takenIds(step, [canonical.id])).size === 0;
  return { ticket: isFree ? canonical : own, how: 'create' };
}

/** Commits that a request is on its way, makes it, records what came. */
async function post(step: Step, row: IncidentRow, { draft, told }: Request, key: string): Promise<IncidentSnapshot> {
  await recordOwned(step, async (tx, now) => {
    if (now.ticketId !== null || now.postingAt?.getTime() !== row.postingAt?.getTime()) {
      throw new TicketSystemError('unavailable', 'Another attempt is creating this ticket.', { effect: 'none' });
    }
    await updateIncident(tx, now.id, {
      posting_at: step.now(),
      posting_rounds: now.postingRounds + 1,
      posting_looks: 0,
      ticket_key: key,
      ...(told === null ? {} : { draft_webhook_id: told.webhookId, draft_n: told.n }),
    });
  });
  try {
    const ticket = await step.deps.tickets.create(draft, key, step.signal);
    return await recordAndTake(step, async (tx, now) => recordTicketFound(step, tx, now, ticket, 'create'));
  } catch (error) {
    if (!(error instanceof TicketSystemError)) throw error;
    if (error.effect === 'none') {
      await recordOwned(step, async (tx, now) =>
        updateIncident(tx, now.id, { posting_at: null, posting_rounds: now.postingRounds - 1 }),
      );
      throw error;
    }
    return recordAndTake(step, async (tx, now) => {
      await updateIncident(tx, now.id, {
        error: error.message,
        error_at: now.errorAt ?? step.now(),
        next_try_at: null,
        converge_at: new Date(Date.parse(step.now()) + CONVERGE_AFTER_MS),
      });
      await addTimeline(tx, now.id, now.episode, [
        { at: step.now(), kind: 'no-answer', text: error.message, data: { key } },
      ]);
    });
  }
}

/** Nothing carries the key yet: looks again later, posts once more when the window is over, or asks a person. */
async function lookedInVain(step: Step, row: IncidentRow, request: Request, key: string): Promise<IncidentSnapshot> {
  const sinceMs = Date.parse(step.now()) - (row.postingAt?.getTime() ?? 0);
  if (sinceMs >= step.deps.settings.lagBudgetMs && row.postingRounds < MOST_POSTS) return post(step, row, request, key);
  return recordAndTake(step, async (tx, now) => {
    const isOver = sinceMs >= step.deps.settings.lagBudgetMs;
    const isKnown = now.phase === 'uncertain';
    const isLooked = isKnown && now.convergeAt !== null && now.convergeAt.getTime() <= Date.parse(step.now());
    await updateIncident(tx, now.id, {
      ...(isLooked ? { converge_at: null } : {}),
      posting_looks: now.postingLooks + 1,
      attempts: 0,
      next_try_at: null,
      ...(isOver ? { phase: 'uncertain', error: UNCERTAIN, error_at: now.errorAt ?? step.now() } : {}),
    });
    if (isOver && !isKnown)
      await addTimeline(tx, now.id, now.episode, [
        { at: step.now(), kind: 'uncertain', text: UNCERTAIN, data: { key } },
      ]);
  });
}

const UNCERTAIN =
  'Creating the ticket got no answer twice and no ticket carries its key. Search again, adopt a ticket, or create anyway.';
