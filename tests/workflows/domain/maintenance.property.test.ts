import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MaintenanceWindow, WeekDay } from '../../../workflows/contracts/endpoint-config.ts';
import { compileWindow } from '../../../workflows/domain/maintenance.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Auckland',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Casablanca',
];
const DAYS: readonly WeekDay[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const formats = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    }),
  ]),
);

const zone = fc.constantFrom(...ZONES);
const minute = fc.integer({ min: 0, max: 1_439 });
const clocks = fc.tuple(minute, minute).filter(([start, end]) => start !== end);
/** Half of the instants lie around changes of clocks. */
const instant = fc.oneof(
  fc.integer({ min: Date.parse('2015-01-01Z'), max: Date.parse('2035-01-01Z') }),
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-29T01:00Z',
        '2026-10-25T01:00Z',
        '2026-03-08T07:00Z',
        '2026-11-01T06:00Z',
        '2026-04-04T15:00Z',
        '2026-10-03T15:30Z',
        '2026-04-04T14:00Z',
        '2026-09-26T14:00Z',
      ),
      fc.integer({ min: -36 * 60, max: 36 * 60 }),
    )
    .map(([at, minutes]) => Date.parse(at) + minutes * 60_000),
);

function active(window: MaintenanceWindow, at: number): boolean {
  const result = compileWindow(window);
  if (!result.ok) throw new Error(result.message);
  return result.window.isActive(at);
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** What a wall clock shows, by the platform's own words: `2026-03-02 12:00`. */
function wallText(at: number, timeZone: string): string {
  return formats.get(timeZone)?.format(at) ?? '';
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A window is a list of stretches of the wall clock, one for each day it starts on. */
function isInModel(window: Exclude<MaintenanceWindow, { type: 'once' }>, at: number): boolean {
  const now = wallText(at, window.timezone);
  const days: readonly string[] = window.type === 'weekly' ? window.days : DAYS;
  return [-1, 0].some((offset) => {
    const date = dayAfter(now.slice(0, 10), offset);
    const day = DAYS[(new Date(`${date}T12:00Z`).getUTCDay() + 6) % 7] ?? '';
    const lastDate = window.start < window.end ? date : dayAfter(date, 1);
    return days.includes(day) && `${date} ${window.start}` <= now && now < `${lastDate} ${window.end}`;
  });
}

test('daily and weekly windows agree with a plain model of the wall clock', () => {
  fc.assert(
    fc.property(
      zone,
      clocks,
      fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1 }),
      fc.boolean(),
      instant,
      (timezone, [start, end], days, isDaily, at) => {
        const times = { start: clockText(start), end: clockText(end), timezone, policy: 'skip' as const };
        const window = isDaily ? { type: 'daily' as const, ...times } : { type: 'weekly' as const, days, ...times };
        expect(active(window, at)).toBe(isInModel(window, at));
      },
    ),
    { numRuns: 3_000 },
  );
});

test('a daily window and its complement cover all time, never both', () => {
  fc.assert(
    fc.property(zone, clocks, instant, (timezone, [start, end], at) => {
      const [from, to] = [clockText(start), clockText(end)];
      expect(active({ type: 'daily', start: from, end: to, timezone, policy: 'skip' }, at)).toBe(
        !active({ type: 'daily', start: to, end: from, timezone, policy: 'skip' }, at),
      );
    }),
    { numRuns: 1_000 },
  );
});

test('a weekly window and its complement cover all time, never both', () => {
  fc.assert(
    fc.property(
      zone,
      clocks,
      fc.uniqueArray(fc.constantFrom(...DAYS), { minLength: 1, maxLength: 6 }),
      instant,
      (timezone, [start, end], days, at) => {
        const [from, to] = [clockText(start), clockText(end)];
        const others = DAYS.filter((day) => !days.includes(day));
        const inside = active({ type: 'weekly', days, start: from, end: to, timezone, policy: 'skip' }, at);
        const otherDays = active({ type: 'weekly', days: others, start: from, end: to, timezone, policy: 'skip' }, at);
        const otherHours = active({ type: 'daily', start: to, end: from, timezone, policy: 'skip' }, at);
        expect([inside, otherDays, otherHours].filter(Boolean)).toHaveLength(1);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('one-time windows: before, inside and after cover all time, naive or with an offset', () => {
  fc.assert(
    fc.property(
      zone,
      instant,
      fc.integer({ min: 2 * 60, max: 5_000 }),
      instant,
      fc.boolean(),
      (timezone, startAt, minutes, at, isNaive) => {
        const write = (ms: number): string =>
          isNaive ? wallText(ms, timezone).replace(' ', 'T') : new Date(ms).toISOString();
        const window = {
          type: 'once' as const,
          start: write(startAt),
          end: write(startAt + minutes * 60_000),
          timezone,
          policy: 'skip' as const,
        };
        const early = { ...window, start: write(startAt - 10 * 86_400_000), end: window.start };
        const late = { ...window, start: window.end, end: write(startAt + 10 * 86_400_000) };
        const near = startAt + ((at % 6_000) - 500) * 60_000;
        const isCounted =
          !isNaive ||
          [window.start, window.end].every(
            (text) => text !== wallText(near, timezone).replace(' ', 'T') && isPlain(text, timezone),
          );
        if (!isCounted || near < startAt - 9 * 86_400_000 || near > startAt + 9 * 86_400_000) return;
        expect([early, window, late].filter((each) => active(each, near))).toHaveLength(1);
      },
    ),
    { numRuns: 1_000 },
  );
});

/** Whether a local time comes exactly once. */
function isPlain(text: string, timezone: string): boolean {
  const asUtc = Date.parse(`${text}Z`);
  let seen = 0;
  for (let ms = asUtc - 15 * 3_600_000; ms <= asUtc + 15 * 3_600_000; ms += 15 * 60_000)
    if (wallText(ms, timezone).replace(' ', 'T') === text) seen += 1;
  return seen <= 1;
}
