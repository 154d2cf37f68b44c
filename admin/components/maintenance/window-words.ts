/** A window as the list has it: any kind, its fields as texts. */
export interface WindowLike {
  type?: unknown;
  days?: unknown;
  start?: unknown;
  end?: unknown;
  timezone?: unknown;
  policy?: unknown;
}

/** When a window is, in words. */
export function whenOf({ type, days, start, end }: WindowLike): string {
  const span = `${readable(start)} to ${readable(end)}`;
  if (type === 'weekly') return `${Array.isArray(days) ? days.join(', ') : ''} ${span}`;
  return type === 'daily' ? `every day ${span}` : span;
}

function readable(moment: unknown): string {
  return String(moment)
    .replace('T', ' ')
    .replace(/(\d\d:\d\d):00(\.0+)?/, '$1');
}
