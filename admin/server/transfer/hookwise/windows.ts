import { isPlain, readJsonColumn, type Carrier } from './carrier.ts';
import type { Sourced } from './routing-rules.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const HAS_OFFSET = /(Z|[+-]\d\d:?\d\d)$/i;

/** `maintenance_windows` as our windows, in UTC as HookWise read them. Times are judged later, with everything else. */
export function convertWindows(given: unknown, carrier: Carrier): Sourced[] {
  const read = readJsonColumn(given, 'maintenance_windows', carrier);
  if (read === null) return [];
  if (!Array.isArray(read)) {
    carrier.leave('maintenance_windows', 'Windows are a list; HookWise ignored this too.');
    return [];
  }
  return read.flatMap((window: unknown, index): Sourced[] => {
    const from = `maintenance_windows.${index}`;
    if (!isPlain(window)) {
      carrier.leave(from, 'A window is an object.');
      return [];
    }
    return convertWindow(window, from, carrier).map((value) => ({ from, value }));
  });
}

function convertWindow(window: Record<string, unknown>, from: string, carrier: Carrier): Record<string, unknown>[] {
  const { type = 'once', start, end, days } = window;
  if (typeof start !== 'string' || typeof end !== 'string') {
    carrier.leave(from, 'It has no start or no end, so HookWise never acted on it.');
    return [];
  }
  if (type === 'once') {
    if (!HAS_OFFSET.test(start.trim()) || !HAS_OFFSET.test(end.trim()))
      carrier.note(`${from}: HookWise never acted on a one-time window without a time zone; here it acts, in UTC.`);
    return [{ type, start, end, timezone: 'UTC' }];
  }
  if (type !== 'daily' && type !== 'weekly') {
    carrier.leave(from, `There is no window of the type ${JSON.stringify(type)}; HookWise never acted on it.`);
    return [];
  }
  const base = { type, timezone: 'UTC', ...(type === 'weekly' ? { days: daysOf(days) } : {}) };
  const [first, last] = [clockOf(start), clockOf(end)];
  if (first === last) {
    carrier.note(`${from}: start and end are the same, which HookWise read as the whole day; it becomes two windows.`);
    return [
      { ...base, start: '00:00', end: '12:00' },
      { ...base, start: '12:00', end: '00:00' },
    ];
  }
  if (type === 'weekly' && first > last)
    carrier.note(`${from}: it runs over midnight; here it belongs to the day it starts on, in HookWise it did not.`);
  return [{ ...base, start: first, end: last }];
}

/** HookWise also took a text and looked for the days in it. */
function daysOf(given: unknown): unknown {
  return typeof given === 'string' ? DAYS.filter((day) => given.includes(day)) : (given ?? []);
}

function clockOf(text: string): string {
  const trimmed = text.trim();
  return /^\d:\d\d$/.test(trimmed) ? `0${trimmed}` : trimmed;
}
