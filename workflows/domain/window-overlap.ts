import type { MaintenanceWindow, WeekDay } from '../contracts/endpoint-config.ts';

/** Two windows of one list that are on at the same time on the same wall clock. */
export interface WindowOverlap {
  earlier: number;
  later: number;
}

type Recurring = Exclude<MaintenanceWindow, { type: 'once' }>;
type Stretch = readonly [start: number, end: number];

const DAYS: readonly WeekDay[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY = 1_440;
const WEEK = 7 * DAY;

/** The daily and weekly windows of one zone that overlap another, each named once, with the first it overlaps. */
export function findOverlaps(windows: readonly MaintenanceWindow[]): WindowOverlap[] {
  const weeks = windows.map((window) => (window.type === 'once' ? [] : stretchesOf(window)));
  return windows.flatMap((window, later) => {
    const earlier = windows.findIndex(
      (other, index) =>
        index < later && other.timezone === window.timezone && doMeet(weeks[index] ?? [], weeks[later] ?? []),
    );
    return earlier < 0 ? [] : [{ earlier, later }];
  });
}

function stretchesOf(window: Recurring): Stretch[] {
  const [start, end] = [minuteOf(window.start), minuteOf(window.end)];
  const length = (end - start + DAY) % DAY;
  const days = window.type === 'weekly' ? window.days : DAYS;
  return days.flatMap((day): Stretch[] => {
    const from = DAYS.indexOf(day) * DAY + start;
    const to = from + length;
    return to <= WEEK
      ? [[from, to]]
      : [
          [from, WEEK],
          [0, to - WEEK],
        ];
  });
}

function minuteOf(text: string): number {
  const [hours, minutes] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}

function doMeet(left: readonly Stretch[], right: readonly Stretch[]): boolean {
  return left.some(([from, to]) => right.some(([otherFrom, otherTo]) => from < otherTo && otherFrom < to));
}
