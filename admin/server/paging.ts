import { z } from 'zod';

export const LimitInput = z.coerce
  .number('must be a number')
  .int()
  .min(1)
  .max(200)
  .default(50)
  .meta({ description: 'Rows a page, 1 to 200.' });
export const CursorInput = z.string().max(500).optional().meta({ description: 'The nextCursor of the page before.' });

/** A page of a list; `nextCursor` is null on the last page. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

/** Where a page ended, as an opaque text. */
export function encodeCursor(parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a cursor, or null when the text is no cursor of `length` parts. */
export function decodeCursor(text: string, length: number): string[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    const isPart = (part: unknown) => typeof part === 'string' && !part.includes('\0');
    return Array.isArray(parts) && parts.length === length && parts.every(isPart) ? (parts as string[]) : null;
  } catch {
    return null;
  }
}

/** Cuts `rows` (fetched with one more than `limit`) to a page. */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  present: (row: R) => T,
  keyOf: (row: R) => readonly string[],
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  };
}
