const DAY_MS = 86_400_000;

/** Tables cut by day by range of their uuidv7 id, made and dropped together; the one that others describe comes first. */
export const DAILY_TABLES = ['webhook', 'webhook_text', 'alert'] as const;
export type DailyTable = (typeof DAILY_TABLES)[number];

/** A day in UTC as `YYYYMMDD`, the ending of its partitions' names. */
export type Day = string;

/** The UTC day of an instant, shifted by whole days. */
export function dayOf(at: Date, shiftDays: number): Day {
  return new Date(startOf(at) + shiftDays * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
}

/** When a UTC day begins. */
export function startOfDay(day: Day): Date {
  return new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T00:00:00Z`);
}

/** The first uuidv7 that can be made on a UTC day: the lower bound of its partitions, the upper of the day before. */
export function firstIdOf(day: Day, shiftDays = 0): string {
  const at = startOfDay(day).getTime() + shiftDays * DAY_MS;
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

function startOf(at: Date): number {
  return Math.floor(at.getTime() / DAY_MS) * DAY_MS;
}
