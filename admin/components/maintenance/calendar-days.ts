import { instantOfLocal, isTimeZone, offsetAt } from '../../../workflows/domain/local-time.ts';

export const DAY_MS = 86_400_000;

/** A day of the calendar: midnight of its date as if it were UTC, and its first instant and the next day's. */
export interface CalendarDay {
  dateMs: number;
  fromMs: number;
  toMs: number;
}

/** The date of the Monday of the week that holds the date asked for, such as 2026-03-08; without one, of today's in the zone. */
export function calendarStart(asked: string | undefined, nowMs: number, zone: string): number {
  const given = asked === undefined ? Number.NaN : Date.parse(`${asked}T00:00:00Z`);
  const date = Number.isNaN(given) ? dateOf(nowMs, zone) : Math.floor(given / DAY_MS) * DAY_MS;
  const day = date / DAY_MS;
  return (day - ((((day + 3) % 7) + 7) % 7)) * DAY_MS;
}

/** The date that it is in a zone, as midnight UTC of it. */
export function dateOf(atMs: number, zone: string): number {
  return Math.floor((atMs + offsetAt(atMs, zone)) / DAY_MS) * DAY_MS;
}

/** So many days from a date on, as they begin and end in a zone; one is 23 or 25 hours long where the clocks change. */
export function daysFrom(dateMs: number, days: number, zone: string): CalendarDay[] {
  return Array.from({ length: days }, (_, day) => {
    const date = dateMs + day * DAY_MS;
    return {
      dateMs: date,
      fromMs: instantOfLocal(date, zone, 'first'),
      toMs: instantOfLocal(date + DAY_MS, zone, 'first'),
    };
  });
}

/** The zone of whoever looks, or UTC where the machine does not know it. */
export function zoneOfViewer(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isTimeZone(zone) ? zone : 'UTC';
}
