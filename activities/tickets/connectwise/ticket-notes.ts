import { carriesMarker, noteText } from '../fit-text.ts';
import { TicketSystemError, type NoteDraft } from '../ticket-system.ts';
import { unreadable } from './answer-fault.ts';
import { callTicket, isRecordId, LIMITS, ticketPath, type Psa } from './psa.ts';

const NEWEST = 50;

/** One note with exactly one flag: where it is shown (facts/connectwise.md §7). */
export async function addNote(psa: Psa, id: string, note: NoteDraft, signal: AbortSignal | undefined): Promise<void> {
  if (!isRecordId(id)) throw new TicketSystemError('not-found', `ConnectWise has no ticket ${id}.`, { effect: 'none' });
  const call = { method: 'POST', path: ticketPath(id, '/notes') } as const;
  const json = await callTicket(psa, {
    ...call,
    body: { text: noteText(note, LIMITS.note), [flagOf(note)]: true },
    signal,
  });
  if (typeof json !== 'object' || json === null || !('id' in json))
    throw unreadable(call, 200, 'it holds no note with an id');
}

/** Whether one of the newest notes carries the marker; false for a ticket that is gone. */
export async function hasNote(psa: Psa, id: string, key: string, signal: AbortSignal | undefined): Promise<boolean> {
  if (!isRecordId(id)) return false;
  const call = { method: 'GET', path: ticketPath(id, '/notes') } as const;
  const json = await callTicket(psa, {
    ...call,
    query: { orderBy: 'id desc', pageSize: String(NEWEST) },
    signal,
  }).catch((error: unknown) => {
    if (error instanceof TicketSystemError && error.code === 'not-found') return [];
    throw error;
  });
  if (!Array.isArray(json)) throw unreadable(call, 200, 'it is not a list');
  return json.some(
    (note: { text?: unknown } | null) => typeof note?.text === 'string' && carriesMarker(note.text, key),
  );
}

function flagOf(note: NoteDraft): 'resolutionFlag' | 'internalAnalysisFlag' | 'detailDescriptionFlag' {
  if (note.purpose === 'resolution') return 'resolutionFlag';
  return note.visibility === 'internal' ? 'internalAnalysisFlag' : 'detailDescriptionFlag';
}
