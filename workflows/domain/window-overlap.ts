import type { MaintenanceWindow, WeekDay } from '../contracts/endpoint-config.ts';
import { offsetAt } from './local-time.ts';
import { compileWindow, type CompiledWindow } from './maintenance.ts';

/** Two windows of one list that are on at the same time. */
export interface WindowOverlap {
  earlier: number;
  later: number;
}

type Recurring = Exclude<MaintenanceWindow, { type: 'once' }>;
type Stretch = readonly [start: number, end: number];

interface Placed {
  window: MaintenanceWindow;
  compiled: CompiledWindow;
  /** Minutes of a week on the wall clock of its zone; empty for a one-time window. */
  week: readonly Stretch[];
}

const DAYS: readonly WeekDay[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY = 1_440;
const WEEK = 7 * DAY;
const MINUTE_MS = 60_000;
const DAY_MS = DAY * MINUTE_MS;
const YEAR_DAYS = 366;

/**
 * Windows that are on together with another at some time in the year after `nowMs`, each named once, with the first it meets;
 * one-time windows that are over meet none. Zones are compared by the clocks they have on each day of that year.
 */
export function findOverlaps(windows: readonly MaintenanceWindow[], nowMs: number): WindowOverlap[] {
  const placed = windows.map((window) => place(window, nowMs));
  const compare = createComparison(nowMs);
  return placed.flatMap((one, later) => {
    if (one === null) return [];
    const earlier = placed.findIndex((other, index) => index < later && other !== null && compare(other, one));
    return earlier < 0 ? [] : [{ earlier, later }];
  });
}

function place(window: MaintenanceWindow, nowMs: number): Placed | null {
  const result = compileWindow(window);
  if (!result.ok || (result.window.span !== null && result.window.span.endMs <= nowMs)) return null;
  return { window, compiled: result.window, week: window.type === 'once' ? [] : stretchesOf(window) };
}

function createComparison(nowMs: number): (one: Placed, other: Placed) => boolean {
  const clocks = new Map<string, readonly number[]>();
  const clocksOf = (zone: string): readonly number[] => {
    const known = clocks.get(zone);
    if (known !== undefined) return known;
    const made = Array.from({ length: YEAR_DAYS }, (_, day) => offsetAt(nowMs + day * DAY_MS, zone) / MINUTE_MS);
    clocks.set(zone, made);
    return made;
  };
  return (one, other) => {
    const [first, second] = [one.compiled.span, other.compiled.span];
    if (first !== null && second !== null) return first.startMs < second.endMs && second.startMs < first.endMs;
    if (first !== null) return meetsSpan(other.compiled, first, nowMs);
    if (second !== null) return meetsSpan(one.compiled, second, nowMs);
    const [zone, otherZone] = [zoneOf(one), zoneOf(other)];
    if (zone === otherZone) return doMeet(one.week, other.week);
    const others = clocksOf(otherZone);
    const apart = new Set(clocksOf(zone).map((offset, day) => offset - (others[day] ?? 0)));
    return [...apart].some((minutes) => doMeet(one.week, moved(other.week, minutes)));
  };
}

/** What lasts longer than a week and the change of a clock meets everything that comes each week. */
function meetsSpan(
  recurring: CompiledWindow,
  { startMs, endMs }: { startMs: number; endMs: number },
  nowMs: number,
): boolean {
  const from = Math.max(startMs, nowMs);
  if (endMs - from > 8 * DAY_MS) return true;
  for (let at = from; at < endMs; at = Math.floor(at / MINUTE_MS) * MINUTE_MS + MINUTE_MS)
    if (recurring.isActive(at)) return true;
  return false;
}

function zoneOf({ window }: Placed): string {
  return window.timezone === undefined || window.timezone === '' ? 'UTC' : window.timezone;
}

function stretchesOf(window: Recurring): Stretch[] {
  const [start, end] = [minuteOf(window.start), minuteOf(window.end)];
  const length = (end - start + DAY) % DAY;
  const days = window.type === 'weekly' ? window.days : DAYS;
  return days.flatMap((day) => wrapped(DAYS.indexOf(day) * DAY + start, length));
}

/** The same stretches on a clock that is ahead by so many minutes. */
function moved(week: readonly Stretch[], minutes: number): Stretch[] {
  return week.flatMap(([from, to]) => wrapped((((from + minutes) % WEEK) + WEEK) % WEEK, to - from));
}

function wrapped(from: number, length: number): Stretch[] {
  const to = from + length;
  return to <= WEEK
    ? [[from, to]]
    : [
        [from, WEEK],
        [0, to - WEEK],
      ];
}

function minuteOf(text: string): number {
  const [hours, minutes] = text.trim().split(':');
  return Number(hours) * 60 + Number(minutes);
}

function doMeet(left: readonly Stretch[], right: readonly Stretch[]): boolean {
  return left.some(([from, to]) => right.some(([otherFrom, otherTo]) => from < otherTo && otherFrom < to));
}
