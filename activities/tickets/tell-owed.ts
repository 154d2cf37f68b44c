import { resolutionText } from '../../workflows/domain/incident-notes.ts';
import { lastUnsettledClose } from '../journal/alerts.ts';
import { addTimeline } from '../journal/incident-changes.ts';
import type { IncidentRow } from '../journal/incident-row.ts';
import { recordOwned, type Step } from '../journal/own-incident.ts';
import { toldNote } from '../journal/told-note.ts';
import { noteKey } from './ticket-key.ts';
import { TicketSystemError } from './ticket-system.ts';

/**
 * Tells the ticket that ended in the ticket system before its resource recovered of the resolution, once. Answers its id, or
 * null where none is owed or it takes no notes any more; the timeline has the recovery in any case. Throws `TicketSystemError`.
 */
export async function tellOwed(step: Step, row: IncidentRow): Promise<string | null> {
  const ticketId = row.owedTicketId;
  const close = ticketId === null ? null : await lastUnsettledClose(step.deps.pool, row.id);
  if (ticketId === null || close === null) return null;
  const key = noteKey(row.id, row.episode, `owed:${ticketId}`);
  const told = {
    at: close.receivedAt,
    message: close.message,
    webhookId: close.webhookId,
    person: null,
    isNoted: true,
  };
  const body = resolutionText(told);
  try {
    if (!(await step.deps.tickets.hasNote(ticketId, key, step.signal)))
      await step.deps.tickets.addNote(
        ticketId,
        { body, visibility: 'public', purpose: 'resolution', key },
        step.signal,
      );
  } catch (error) {
    if (error instanceof TicketSystemError && (error.code === 'invalid' || error.code === 'not-found')) return null;
    throw error;
  }
  await recordOwned(step, async (tx, now) =>
    addTimeline(tx, now.id, now.episode, [
      {
        at: step.now(),
        kind: 'resolution',
        text: body.split('\n')[0] ?? '',
        data: toldNote(ticketId, { key, purpose: 'resolution', visibility: 'public', body }),
      },
    ]),
  );
  return ticketId;
}
