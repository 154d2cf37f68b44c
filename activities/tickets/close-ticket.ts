import type { Queryable } from '../../infra/database/pool.ts';
import type { IncidentSnapshot } from '../../workflows/contracts/incident.ts';
import { resolutionText } from '../../workflows/domain/incident-notes.ts';
import { lastUnsettledClose, settleAlerts, unsettledOpens } from '../journal/alerts.ts';
import { addTimeline, updateIncident } from '../journal/incident-changes.ts';
import type { IncidentRow, Resolution, WritingNote } from '../journal/incident-row.ts';
import { readOwned, recordAndTake, recordOwned, type Step } from '../journal/own-incident.ts';
import { toldNote } from '../journal/told-note.ts';
import { findClosable } from './find-closable.ts';
import { readTicket, type TicketOver } from './read-ticket.ts';
import { recordTrouble } from './record-trouble.ts';
import { tellOwed } from './tell-owed.ts';
import { noteKey } from './ticket-key.ts';
import { TicketSystemError } from './ticket-system.ts';
import { isTouched, recordTicketOver } from './ticket-state.ts';
import { flushNotes, recordGoesOn, sendNote } from './write-notes.ts';

/** Closes the incident's ticket: pending notes, one resolution note, the closing state, verified. Repeatable at any point. */
export async function closeTicket(step: Step): Promise<IncidentSnapshot> {
  try {
    await closeNow(step, null);
    return await recordAndTake(step, async () => undefined);
  } catch (error) {
    return recordTrouble(step, error);
  }
}

/** What became of the ticket. Throws `TicketSystemError`. `person` closes at once and whatever the policy says. */
export async function closeNow(step: Step, person: { name: string; text: string } | null): Promise<string> {
  const row = await readOwned(step);
  if (row.ticketId === null && !(await adoptClosable(step, row))) {
    const told = await tellOwed(step, row);
    await recordOwned(step, async (tx, now) => settleNothingToClose(tx, now, told, step.now()));
    return 'There was no open ticket to close.';
  }
  const current = await readOwned(step);
  const read = await readTicket(step, current);
  if (read.is === 'over') {
    if (person === null && !(await tellAfterwards(step, current, read))) return MORE_NOTES;
    await recordOwned(step, async (tx, now) => recordFoundOver(tx, now, read, step.now(), person !== null));
    return read.text;
  }
  if (person === null && current.config.ticketing.closePolicy === 'untouched' && isTouched(read.ticket, current))
    return leaveOpen(step, current);
  while (!(await flushNotes(step))) if (person === null) return MORE_NOTES;
  await writeResolution(step, read.ticket.id, person);
  const closed = await step.deps.tickets.setState(
    read.ticket.id,
    'closed',
    current.config.ticketing.closeStatus,
    step.signal,
  );
  const text = `Ticket ${read.ticket.id} closed${person === null ? '' : ` by ${person.name}`} (${closed.statusName ?? 'closed'}).`;
  await recordOwned(step, async (tx, now) =>
    recordClosed(tx, now, {
      at: step.now(),
      kind: 'closed',
      text,
      isOurs: true,
      cause: {
        status: closed.statusName,
        by: person?.name ?? null,
        timer: 'closeDelay',
        seconds: person === null ? current.config.ticketing.closeDelaySeconds : 0,
      },
    }),
  );
  return text;
}

async function adoptClosable(step: Step, row: IncidentRow): Promise<boolean> {
  const ticket = await findClosable(step, row);
  if (ticket === null) return false;
  await recordOwned(step, async (tx, now) => {
    await updateIncident(tx, now.id, {
      ticket_id: ticket.id,
      ticket_url: ticket.url,
      status_ours: ticket.statusName,
      updated_by_ours: null,
    });
    await addTimeline(tx, now.id, now.episode, [
      {
        at: step.now(),
        kind: 'ticket-adopted',
        text: `Ticket ${ticket.id} adopted to be closed.`,
        data: { ticket: ticket.id, status: ticket.statusName },
      },
    ]);
  });
  return true;
}

async function settleNothingToClose(tx: Queryable, row: IncidentRow, told: string | null, at: string): Promise<void> {
  await settleAlerts(tx, row.id, { action: told === null ? 'none' : 'close', ticket: told, at }, {});
  await updateIncident(tx, row.id, {
    want: 'none',
    calm_since: null,
    phase: 'closed',
    resolution: null,
    owed_ticket_id: null,
    error: null,
    error_at: null,
    attempts: 0,
    next_try_at: null,
  });
}

const MORE_NOTES = 'More notes are to be written first.';

/**
 * What waits to be told goes to the closed ticket, where that takes notes, and then the resolution, unless alerts are left
 * that get a ticket of their own. `false`: there are more.
 */
async function tellAfterwards(step: Step, row: IncidentRow, over: TicketOver): Promise<boolean> {
  const { told } = over;
  if (told === null) return true;
  if (!(await unlessRefused(() => flushNotes(step)))) return false;
  const [untold] = await unsettledOpens(step.deps.pool, row.id, 1);
  if (untold === undefined) await unlessRefused(async () => (await writeResolution(step, told, null), true));
  return true;
}

async function unlessRefused(write: () => Promise<boolean>): Promise<boolean> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof TicketSystemError && error.code === 'invalid') return true;
    throw error;
  }
}

/** The ticket is over already. Alerts that it could not be told get a ticket of their own, which is closed in its turn. */
async function recordFoundOver(
  tx: Queryable,
  row: IncidentRow,
  over: TicketOver,
  at: string,
  isByPerson: boolean,
): Promise<void> {
  const [untold] = await unsettledOpens(tx, row.id, 1);
  if (untold === undefined || isByPerson)
    return recordClosed(tx, row, {
      at,
      kind: over.kind,
      text: over.text,
      isOurs: false,
      cause: { status: over.status },
    });
  await settleAlerts(
    tx,
    row.id,
    { action: 'close', ticket: row.ticketId, at },
    { kind: 'close', throughSeq: untold.seq },
  );
  await recordGoesOn(tx, row, over, at);
}

async function recordClosed(
  tx: Queryable,
  row: IncidentRow,
  over: Parameters<typeof recordTicketOver>[2],
): Promise<void> {
  await settleAlerts(tx, row.id, { action: 'close', ticket: row.ticketId, at: over.at }, { kind: 'close' });
  await settleAlerts(tx, row.id, { action: 'update', ticket: row.ticketId, at: over.at }, {});
  await recordTicketOver(tx, row, { ...over, want: 'none' });
}

/** `closePolicy: untouched`: a person works on the ticket, so it stays open and is told of the recovery. */
async function leaveOpen(step: Step, row: IncidentRow): Promise<string> {
  const close = await lastUnsettledClose(step.deps.pool, row.id);
  const text = `Recovered, left open because a person has worked on the ticket.\nMessage: ${close?.message ?? ''}`;
  if (!(await flushNotes(step))) return MORE_NOTES;
  const note: WritingNote = {
    key: noteKey(row.id, row.episode, `left-open:${close?.webhookId ?? ''}`),
    body: text,
    purpose: 'update',
    visibility: row.config.ticketing.noteVisibility,
    alert: null,
    last: null,
    throughSeq: null,
  };
  await sendNote(step, row.ticketId ?? '', note, true);
  await recordOwned(step, async (tx, now) => {
    await settleAlerts(tx, now.id, { action: 'none', ticket: now.ticketId, at: step.now() }, {});
    await updateIncident(tx, now.id, {
      want: 'none',
      calm_since: null,
      phase: 'open',
      error: null,
      error_at: null,
      attempts: 0,
      next_try_at: null,
    });
    await addTimeline(tx, now.id, now.episode, [
      { at: step.now(), kind: 'left-open', text: text.split('\n')[0] ?? '', data: toldNote(row.ticketId, note) },
    ]);
  });
  return 'The ticket was left open: a person has worked on it.';
}

/** Writes the resolution note once, however often the closing is tried. */
async function writeResolution(
  step: Step,
  ticketId: string,
  person: { name: string; text: string } | null,
): Promise<void> {
  let resolution: Resolution | null = null;
  let isSecondTry = false;
  await recordOwned(step, async (tx, row) => {
    isSecondTry = row.resolution !== null;
    resolution = row.resolution ?? (await resolutionOf(tx, row, person, step.now()));
    if (!isSecondTry) await updateIncident(tx, row.id, { resolution });
  });
  const told = resolution as Resolution | null;
  if (told === null || told.isNoted) return;
  const row = await readOwned(step);
  const note: WritingNote = {
    key: noteKey(row.id, row.episode, 'resolution'),
    body: resolutionText(told),
    purpose: 'resolution',
    visibility: 'public',
    alert: null,
    last: null,
    throughSeq: null,
  };
  await sendNote(step, ticketId, note, isSecondTry);
  await recordOwned(step, async (tx, now) => {
    await updateIncident(tx, now.id, { resolution: { ...told, isNoted: true } });
    await addTimeline(tx, now.id, now.episode, [
      { at: step.now(), kind: 'resolution', text: note.body.split('\n')[0] ?? '', data: toldNote(ticketId, note) },
    ]);
  });
}

async function resolutionOf(
  tx: Queryable,
  row: IncidentRow,
  person: { name: string; text: string } | null,
  at: string,
): Promise<Resolution> {
  if (person) return { at, message: person.text, webhookId: null, person: person.name, isNoted: false };
  const close = await lastUnsettledClose(tx, row.id);
  return {
    at: close?.receivedAt ?? at,
    message: close?.message ?? 'The resource is back up.',
    webhookId: close?.webhookId ?? null,
    person: null,
    isNoted: false,
  };
}
