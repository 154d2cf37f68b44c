import type { MaintenancePolicy, MaintenanceWindow, WeekDay } from '../contracts/endpoint-config.ts';
import { instantOfLocal, isTimeZone, wallClockAt } from './local-time.ts';

/** A window with its times read. */
export interface CompiledWindow {
  policy: MaintenancePolicy;
  /** For people: `weekly window Mon 22:00-04:00 Europe/Berlin`. */
  text: string;
  /** From when to when a one-time window is on; null for one that comes again. */
  span: { startMs: number; endMs: number } | null;
  isActive(atMs: number): boolean;
}

export type WindowResult = { ok: true; window: CompiledWindow } | { ok: false; message: string };

const DAYS: readonly WeekDay[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/;
const MOMENT = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d(?::?\d\d)?)?$/i;
const DATE_ONLY = /^\d{4}-\d\d-\d\d$/;

/** Reads a window once. A refusal is a sentence; a refused window is never active. */
export function compileWindow(window: MaintenanceWindow): WindowResult {
  const timezone = window.timezone === undefined || window.timezone === '' ? 'UTC' : window.timezone;
  if (!isTimeZone(timezone)) return refuse(`“${timezone}” is not a known time zone, such as Europe/Berlin`);
  if (window.type === 'once') return compileOnce(window, timezone);
  return compileRecurring(window, timezone);
}

function compileOnce(window: MaintenanceWindow & { type: 'once' }, timezone: string): WindowResult {
  const start = momentOf(window.start, timezone, 'first');
  const end = momentOf(window.end, timezone, 'last');
  if (start === null || end === null) {
    return refuse(
      `“${start === null ? window.start : window.end}” is not a date and time, such as 2026-03-01T22:00 or 2026-03-01T22:00:00Z`,
    );
  }
  if (start >= end) return refuse('the end must come after the start');
  return accept(
    window,
    `one-time window ${window.start} to ${window.end} ${timezone}`,
    (atMs) => start <= atMs && atMs < end,
    { startMs: start, endMs: end },
  );
}

function compileRecurring(window: Exclude<MaintenanceWindow, { type: 'once' }>, timezone: string): WindowResult {
  const start = minuteOf(window.start);
  const end = minuteOf(window.end);
  if (start === null || end === null)
    return refuse(`“${start === null ? window.start : window.end}” is not a time of day, such as 22:00`);
  if (start === end) return refuse('start and end are the same');
  const hours = `${window.start}-${window.end} ${timezone}`;
  if (window.type === 'daily') {
    return accept(window, `daily window ${hours}`, (atMs) =>
      isWithin(wallClockAt(atMs, timezone).minuteOfDay, start, end),
    );
  }
  const days = new Set(window.days.map((day) => DAYS.indexOf(day)));
  if (days.size === 0 || days.has(-1))
    return refuse('a weekly window names at least one of Mon, Tue, Wed, Thu, Fri, Sat, Sun');
  return accept(window, `weekly window ${window.days.join(', ')} ${hours}`, (atMs) => {
    const clock = wallClockAt(atMs, timezone);
    if (!isWithin(clock.minuteOfDay, start, end)) return false;
    const isAfterMidnight = start > end && clock.minuteOfDay < end;
    return days.has(isAfterMidnight ? (clock.weekday + 6) % 7 : clock.weekday);
  });
}

function isWithin(minute: number, start: number, end: number): boolean {
  return start < end ? start <= minute && minute < end : minute >= start || minute < end;
}

function minuteOf(text: string): number | null {
  const found = CLOCK.exec(text.trim());
  return found === null ? null : Number(found[1]) * 60 + Number(found[2]);
}

/** A naive time is meant in the zone; a time with `Z` or an offset is an instant. */
function momentOf(text: string, timezone: string, which: 'first' | 'last'): number | null {
  const trimmed = text.trim();
  const found = MOMENT.exec(DATE_ONLY.test(trimmed) ? `${trimmed}T00:00` : trimmed);
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal =
    local.getUTCFullYear() === year &&
    local.getUTCMonth() === month - 1 &&
    local.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60;
  if (!isReal) return null;
  const zone = found[7];
  if (zone === undefined) return instantOfLocal(local.getTime(), timezone, which);
  return local.getTime() - offsetMinutes(zone) * 60_000;
}

function offsetMinutes(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return (zone.startsWith('-') ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}

function accept(
  window: MaintenanceWindow,
  text: string,
  isActive: (atMs: number) => boolean,
  span: CompiledWindow['span'] = null,
): WindowResult {
  return { ok: true, window: { policy: window.policy === 'hold' ? 'hold' : 'skip', text, span, isActive } };
}

function refuse(message: string): WindowResult {
  return { ok: false, message };
}
