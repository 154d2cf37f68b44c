/** What a person said about an incident's notes. Instants as Dates or ISO texts, as the caller has them. */
export interface QuietWords {
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  snoozedUntil: Date | null;
  snoozedBy: string | null;
}

/** Whether alerts are only counted at `nowMs`: acknowledged until the ticket is closed, or snoozed until a time. */
export function isQuiet(words: QuietWords, nowMs: number): boolean {
  return words.acknowledgedAt !== null || (words.snoozedUntil !== null && words.snoozedUntil.getTime() > nowMs);
}

/** When a pending note may be written that is due at `dueMs` otherwise; null means not before the close. */
export function dueWhenQuiet(words: QuietWords, dueMs: number): number | null {
  if (words.acknowledgedAt !== null) return null;
  return Math.max(dueMs, words.snoozedUntil?.getTime() ?? 0);
}

/** The line above a note that tells what came while it was quiet; empty where nothing did. */
export function quietHeading(words: QuietWords, firstAt: string): string {
  const { acknowledgedAt, snoozedUntil } = words;
  const lastMs = Date.parse(firstAt);
  if (acknowledgedAt !== null) return `Acknowledged by ${words.acknowledgedBy ?? 'a person'}; what came meanwhile:\n`;
  if (snoozedUntil === null || lastMs > snoozedUntil.getTime()) return '';
  return `Snoozed by ${words.snoozedBy ?? 'a person'} until ${snoozedUntil.toISOString()}; what came meanwhile:\n`;
}
