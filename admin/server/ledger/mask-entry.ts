import type { LedgerEntry, LedgerNote } from '../../../workflows/domain/ledger.ts';
import { maskText } from '../../../workflows/domain/mask-text.ts';

/** Facts of a line that may leave; the words of a note are told once, in `note`. */
const SHOWN = new Set([
  'action',
  'analysis',
  'by',
  'error',
  'extra',
  'from',
  'message',
  'model',
  'order',
  'orderId',
  'origin',
  'prompt',
  'seconds',
  'state',
  'status',
  'text',
  'ticketId',
  'timer',
  'until',
  'visibility',
]);

/** The line without anything that looks like a secret. */
export function maskEntry(entry: LedgerEntry, words: readonly string[]): LedgerEntry {
  const mask = (text: string): string => maskText(text, words);
  const maskNote = (note: LedgerNote): LedgerNote => ({ ...note, body: mask(note.body) });
  return {
    ...entry,
    text: mask(entry.text),
    cause: { ...entry.cause, words: mask(entry.cause.words) },
    note: entry.note && maskNote(entry.note),
    unconfirmed: entry.unconfirmed.map(maskNote),
    data: maskEntryData(entry.data, words),
  };
}

/** The facts of a line that may leave, masked. */
export function maskEntryData(data: Record<string, unknown>, words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name]) => SHOWN.has(name))
      .map(([name, value]) => [name, typeof value === 'string' ? maskText(value, words) : value]),
  );
}
