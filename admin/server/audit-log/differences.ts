import type { AuditDifference } from './schemas.ts';

const MOST = 200;

/** The places where two JSON values are not the same, in the order they stand; lists are compared whole. */
export function differencesOf(before: unknown, after: unknown): AuditDifference[] {
  return compare('', before ?? null, after ?? null).slice(0, MOST);
}

function compare(path: string, before: unknown, after: unknown): AuditDifference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [left, right] = [membersOf(before), membersOf(after)];
  const bothHold = left !== null && right !== null;
  const oneIsAll = (before === null && right !== null) || (after === null && left !== null);
  if (!bothHold && !(path === '' && oneIsAll)) return [{ path, before, after }];
  const names = [...new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])];
  return names.flatMap((name) =>
    compare(path === '' ? name : `${path}.${name}`, left?.[name] ?? null, right?.[name] ?? null),
  );
}

function membersOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
