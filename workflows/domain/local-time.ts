const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Offsets change at whole quarters of an hour only. */
const OFFSET_STEP_MS = 15 * MINUTE_MS;

interface Zone {
  format: Intl.DateTimeFormat;
  step: number;
  offset: number;
}

const zones = new Map<string, Zone | null>();

/** What the clock on the wall shows in a zone. `weekday`: 0 is Monday. */
export interface WallClock {
  weekday: number;
  minuteOfDay: number;
}

/** Whether the name is an IANA time zone this machine knows. */
export function isTimeZone(name: string): boolean {
  return zoneOf(name) !== null;
}

/** The wall clock of a known zone at an instant. */
export function wallClockAt(atMs: number, timezone: string): WallClock {
  const local = atMs + offsetAt(atMs, timezone);
  const day = Math.floor(local / DAY_MS);
  return { weekday: (((day + 3) % 7) + 7) % 7, minuteOfDay: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

/** Milliseconds a known zone is ahead of UTC at an instant. */
export function offsetAt(atMs: number, timezone: string): number {
  const zone = zoneOf(timezone);
  if (zone === null || timezone === 'UTC') return 0;
  const step = Math.floor(atMs / OFFSET_STEP_MS);
  if (zone.step !== step) {
    zone.offset = readOffset(zone.format, step * OFFSET_STEP_MS);
    zone.step = step;
  }
  return zone.offset;
}

/**
 * The instant a wall clock shows a local time, given as if it were UTC. Of two such instants (clocks set back) the one asked
 * for; a time that never comes (clocks set forward) is taken with the offset before the change.
 */
export function instantOfLocal(localMs: number, timezone: string, which: 'first' | 'last'): number {
  const before = offsetAt(localMs - DAY_MS, timezone);
  const after = offsetAt(localMs + DAY_MS, timezone);
  const instants = [localMs - before, localMs - after].filter(
    (instant) => instant + offsetAt(instant, timezone) === localMs,
  );
  if (instants.length === 0) return localMs - before;
  return which === 'first' ? Math.min(...instants) : Math.max(...instants);
}

function zoneOf(name: string): Zone | null {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const made = makeZone(name);
  if (zones.size > 1_000) zones.clear();
  zones.set(name, made);
  return made;
}

function makeZone(name: string): Zone | null {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return { format, step: Number.NaN, offset: 0 };
  } catch {
    return null;
  }
}

function readOffset(format: Intl.DateTimeFormat, atMs: number): number {
  const parts = new Map(format.formatToParts(atMs).map((part) => [part.type, part.value]));
  const read = (name: Intl.DateTimeFormatPartTypes): number => Number(parts.get(name));
  const year = parts.get('era') === 'BC' ? 1 - read('year') : read('year');
  const local = new Date(0);
  local.setUTCFullYear(year, read('month') - 1, read('day'));
  local.setUTCHours(read('hour'), read('minute'), read('second'), 0);
  return local.getTime() - atMs;
}
