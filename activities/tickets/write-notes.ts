import type { IncidentSnapshot } from '../../workflows/contracts/incident.ts';
import { addToPending, joinPending, type PendingNote } from '../../workflows/domain/incident-fold.ts';
import { flapHeading, flapNotice, flapSettings } from '../../workflows/domain/flap.ts';
import { isQuiet, quietHeading } from '../../workflows/domain/quiet.ts';
import { joinedNoteText } from '../../workflows/domain/incident-notes.ts';
import { askAgainWhenChanged } from '../journal/analyses.ts';
import { settleAlerts, unsettledOpens } from '../journal/alerts.ts';
import { addTimeline, CALM, updateIncident } from '../journal/incident-changes.ts';
import type { IncidentRow, WritingNote } from '../journal/incident-row.ts';
import { readOwned, recordAndTake, recordOwned, type Step } from '../journal/own-incident.ts';
import { toldNote } from '../journal/told-note.ts';
import { countWhatWaits } from './count-what-waits.ts';
import { recordFlapNotice } from './record-flap-notice.ts';
import { recordTrouble } from './record-trouble.ts';
import { noteKey } from './ticket-key.ts';
import { readTicket, type TicketOver } from './read-ticket.ts';
import { recordTicketOver } from './ticket-state.ts';
import { TicketSystemError } from './ticket-system.ts';

const MOST_NOTES_A_STEP = 40;
const LONGEST_STEP_MS = 20_000;
const MOST_JOINED = 100_000;

/** Writes the notes that are due on the open ticket; a ticket found closed or gone makes way for a new one. */
export async function writeNotes(step: Step): Promise<IncidentSnapshot> {
  try {
    const row = await readOwned(step);
    if (row.ticketId !== null) {
      const ticket = await readTicket(step, row);
      if (ticket.is === 'over') {
        await finishWritten(step, row, ticket);
        return await recordAndTake(step, async (tx, now) => recordGoesOn(tx, now, ticket, step.now()));
      }
      await flushNotes(step, false);
    }
    return await recordAndTake(step, async () => undefined);
  } catch (error) {
    return recordTrouble(step, error);
  }
}

/** A note that arrived although its answer did not is not told again by the next ticket. */
async function finishWritten(step: Step, row: IncidentRow, over: TicketOver): Promise<void> {
  const note = row.writing;
  if (note === null || note.purpose !== 'update' || row.ticketId === null || over.kind === 'gone') return;
  if (!(await step.deps.tickets.hasNote(row.ticketId, note.key, step.signal))) return;
  await recordOwned(step, async (tx, now) => finishNote(tx, now, note, step.now()));
}

/** The ticket is over while alerts go on: the next step opens a new one from the first that is told nowhere, and notes the others there. */
export async function recordGoesOn(
  tx: Parameters<typeof recordTicketOver>[0],
  row: IncidentRow,
  over: Pick<TicketOver, 'kind' | 'text' | 'status'>,
  at: string,
): Promise<void> {
  const want = row.want === 'closed' ? 'closed' : 'open';
  await recordTicketOver(tx, row, {
    at,
    kind: over.kind,
    text: over.text,
    isOurs: false,
    want,
    cause: { status: over.status },
  });
  const [first] = await unsettledOpens(tx, row.id, 1);
  const counted = joinPending(row.writing?.counted ?? null, row.pending);
  const draft = first ?? (counted === null ? row.draft : { webhookId: counted.lastWebhookId, n: counted.lastN });
  const toNote =
    counted === null || first ? counted : counted.count > 1 ? { ...counted, count: counted.count - 1 } : null;
  await updateIncident(tx, row.id, {
    draft_webhook_id: draft?.webhookId ?? null,
    draft_n: draft?.n ?? null,
    calm_since: row.calmSince,
    pending: toNote,
  });
}

/**
 * Writes every note that waits: one for all, or one each where the interval is 0. `false` when its time was over before all
 * were written. What was counted while a person wants quiet is written only when the ticket `isClosing`. Throws `TicketSystemError`.
 */
export async function flushNotes(step: Step, isClosing = true): Promise<boolean> {
  const until = Date.now() + LONGEST_STEP_MS;
  for (let written = 0; written < MOST_NOTES_A_STEP && Date.now() < until; written += 1) {
    const row = await readOwned(step);
    const isSecondTry = row.writing !== null && row.writing.purpose === 'update';
    const note = isSecondTry ? row.writing : await freezeNote(step, isClosing);
    if (note === null || row.ticketId === null) return true;
    await sendNote(step, row.ticketId, note, isSecondTry);
    await recordOwned(step, async (tx, now) => finishNote(tx, now, note, step.now()));
  }
  return false;
}

/** `sendNote` found no such ticket: trying again cannot help, reading the ticket tells what became of it. */
export function isTicketGone(error: TicketSystemError): boolean {
  return error.code === 'unavailable' && error.status === 404;
}

/** Sends a frozen note once; a second attempt first looks whether the first one arrived. */
export async function sendNote(step: Step, ticketId: string, note: WritingNote, isSecondTry: boolean): Promise<void> {
  if (isSecondTry && (await step.deps.tickets.hasNote(ticketId, note.key, step.signal))) return;
  try {
    await step.deps.tickets.addNote(
      ticketId,
      { body: note.body, visibility: note.visibility, purpose: note.purpose, key: note.key },
      step.signal,
    );
  } catch (error) {
    const isGone = error instanceof TicketSystemError && error.code === 'not-found';
    throw isGone
      ? new TicketSystemError('unavailable', error.message, {
          effect: 'none',
          status: error.status,
          answer: error.answer,
          cause: error,
        })
      : error;
  }
}

async function freezeNote(step: Step, isClosing: boolean): Promise<WritingNote | null> {
  let frozen: WritingNote | null = null;
  await recordOwned(step, async (tx, row) => {
    const at = step.now();
    const settings = flapSettings(row.config.ticketing);
    const notice = flapNotice(row.flap, settings, Date.parse(at), isClosing);
    if (!isClosing && (notice === 'lasts' || isQuiet(row, Date.parse(at)))) return countWhatWaits(tx, row, at);
    const isEach = row.config.ticketing.noteIntervalSeconds === 0 && notice === 'none';
    const opens = await unsettledOpens(tx, row.id, isEach ? 1 : MOST_JOINED);
    const last = opens.at(-1);
    const joined =
      isEach && row.pending !== null
        ? row.pending
        : opens.reduce<PendingNote | null>((note, alert) => addToPending(note, alert, false), row.pending);
    if (joined === null && notice === 'none') return;
    const tells = isEach && row.pending !== null ? null : last;
    frozen = {
      key: noteKey(row.id, row.episode, String(row.noteCount)),
      body: `${flapHeading(row.flap, settings, notice)}${joined === null ? '' : `${quietHeading(row, joined.firstAt)}${joinedNoteText(joined)}`}`.trimEnd(),
      purpose: 'update',
      visibility: row.config.ticketing.noteVisibility,
      alert: isEach && tells ? { webhookId: tells.webhookId, n: tells.n } : null,
      last: joined === null ? null : { webhookId: joined.lastWebhookId, n: joined.lastN },
      throughSeq: tells?.seq ?? null,
      counted: row.pending,
    };
    await updateIncident(tx, row.id, {
      writing: frozen,
      pending: null,
      note_count: row.noteCount + 1,
      snoozed_until: null,
      snoozed_by: null,
    });
    await recordFlapNotice(tx, row, notice, at);
  });
  return frozen;
}

async function finishNote(
  tx: Parameters<typeof settleAlerts>[0],
  row: IncidentRow,
  note: WritingNote,
  at: string,
): Promise<void> {
  const outcome = { action: 'update' as const, ticket: row.ticketId, at };
  if (note.alert) await settleAlerts(tx, row.id, outcome, { exactly: note.alert });
  if (note.throughSeq !== null) {
    await settleAlerts(
      tx,
      row.id,
      outcome,
      note.alert ? { kind: 'close', throughSeq: note.throughSeq } : { throughSeq: note.throughSeq },
    );
  }
  await updateIncident(tx, row.id, { ...CALM, writing: null, note_at: at, checked_at: at });
  if (row.config.analysis.rerunOnChange === true) await askAgainWhenChanged(tx, row, note.last, at);
  await addTimeline(tx, row.id, row.episode, [
    {
      at,
      kind: 'note',
      text: note.body.split('\n')[0] ?? '',
      data: {
        ...toldNote(row.ticketId, note),
        timer: 'noteInterval',
        seconds: row.config.ticketing.noteIntervalSeconds,
      },
    },
  ]);
}
