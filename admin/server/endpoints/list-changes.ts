import { isSame } from '../../lib/is-same.ts';

/** One place where two configurations differ; null where nothing is there. */
export interface ConfigChange {
  path: string;
  before: unknown;
  after: unknown;
}

/**
 * Where two JSON values differ, in the order of their names: members one by one, lists of plain values as a whole, lists of
 * objects entry by entry between what they have in common at both ends.
 */
export function listChanges(before: unknown, after: unknown, path = ''): ConfigChange[] {
  if (isSame(before, after)) return [];
  if (isPlain(before) && isPlain(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => listChanges(before[name], after[name], join(path, name)));
  }
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].every(isPlain))
    return listEntries(before, after, path);
  return [{ path, before: before ?? null, after: after ?? null }];
}

function listEntries(before: readonly unknown[], after: readonly unknown[], path: string): ConfigChange[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && isSame(before[head], after[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && isSame(before.at(-1 - tail), after.at(-1 - tail))) tail += 1;
  const count = Math.max(before.length, after.length) - head - tail;
  return Array.from({ length: count }, (_, index) => head + index).flatMap((index) => {
    const was = index < before.length - tail ? before[index] : undefined;
    const is = index < after.length - tail ? after[index] : undefined;
    return listChanges(was, is, join(path, String(index)));
  });
}

function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
