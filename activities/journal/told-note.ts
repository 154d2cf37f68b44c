import type { WritingNote } from './incident-row.ts';

/** A note as the timeline keeps it: whole, so that the ledger alone can tell what stands on the ticket. */
export function toldNote(
  ticket: string | null,
  { key, purpose, visibility, body }: Pick<WritingNote, 'key' | 'purpose' | 'visibility' | 'body'>,
): { ticket: string | null; key: string; purpose: string; visibility: string; body: string } {
  return { ticket, key, purpose, visibility, body };
}
