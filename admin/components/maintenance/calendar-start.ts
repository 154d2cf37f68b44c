const DAY_MS = 86_400_000;

/** The Monday (midnight UTC) of the week that holds the day asked for, such as 2026-03-08; without one, of the week of `nowMs`. */
export function calendarStart(asked: string | undefined, nowMs: number): number {
  const given = asked === undefined ? Number.NaN : Date.parse(`${asked}T00:00:00Z`);
  const day = Math.floor((Number.isNaN(given) ? nowMs : given) / DAY_MS);
  return (day - ((day + 3) % 7)) * DAY_MS;
}
