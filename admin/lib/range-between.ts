/** The ids that stand from one to another in a list, both among them, whichever comes first; only `to` where `from` is not there. */
export function rangeBetween(ids: readonly string[], from: string | null, to: string): string[] {
  const [start, end] = [ids.indexOf(from ?? ''), ids.indexOf(to)];
  if (start < 0 || end < 0) return [to];
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1);
}
