import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCron } from '../../infra/cron.ts';

const MINUTE = 60_000;
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Cairo'];
/** Around changes of clocks in these zones, and elsewhere. */
const AROUND = [
  '2026-03-28T12:00Z',
  '2026-10-24T12:00Z',
  '2026-03-07T12:00Z',
  '2026-10-31T12:00Z',
  '2026-04-03T20:00Z',
  '2026-10-02T20:00Z',
  '2026-04-23T06:00Z',
  '2026-07-01T00:00Z',
  '2026-12-30T00:00Z',
];

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

/** What the clock on the wall shows: `2026-03-29 01:59`. */
const wall = (ms: number, zone: string) => formats.get(zone)?.format(ms) ?? '';
const two = (n: number) => String(n).padStart(2, '0');

function nextOf(line: string, zone: string): (afterMs: number) => number | null {
  const compiled = compileCron(line, zone);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.next;
}

const zone = fc.constantFrom(...ZONES);
const start = fc
  .tuple(fc.constantFrom(...AROUND), fc.integer({ min: 0, max: 1_440 }))
  .map(([at, minutes]) => Date.parse(at) + minutes * MINUTE);

describe('a cron line', () => {
  it('at a time of day comes once a local day: at the first minute on which the wall clock has reached it', () => {
    fc.assert(
      fc.property(zone, start, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (in_, from, h, m) => {
        const told = nextOf(`${m} ${h} * * *`, in_)(from);
        const time = `${two(h)}:${two(m)}`;
        const hasCome = (ms: number) => wall(ms, in_).slice(11) >= time;
        let found: number | null = null;
        const days = new Set<string>();
        for (let at = from - 26 * 60 * MINUTE; at <= from + 50 * 60 * MINUTE && found === null; at += MINUTE) {
          const day = wall(at, in_).slice(0, 10);
          if (days.has(day) || !hasCome(at) || wall(at - MINUTE, in_).slice(0, 10) === '') continue;
          days.add(day);
          const isWhole = at > from - 25 * 60 * MINUTE;
          if (isWhole && at > from) found = at;
        }
        expect(told).toBe(found);
      }),
      { numRuns: 150 },
    );
  });

  it('with a step follows every minute on which the wall clock matches', () => {
    fc.assert(
      fc.property(zone, start, fc.constantFrom(5, 15, 20, 30), (in_, from, step) => {
        const next = nextOf(`*/${step} * * * *`, in_);
        let at = from;
        for (let turn = 0; turn < 12; turn += 1) {
          const told = next(at);
          let found = at + MINUTE;
          while (Number(wall(found, in_).slice(14)) % step !== 0) found += MINUTE;
          expect(told).toBe(found);
          at = found;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps to 02:00 in Berlin through both changes of clocks', () => {
    const next = nextOf('0 2 * * *', 'Europe/Berlin');
    const from = (at: string) => new Date(next(Date.parse(at)) ?? 0).toISOString();
    expect(from('2026-03-28T12:00Z')).toBe('2026-03-29T01:00:00.000Z');
    expect(from('2026-03-29T12:00Z')).toBe('2026-03-30T00:00:00.000Z');
    expect(from('2026-10-24T12:00Z')).toBe('2026-10-25T00:00:00.000Z');
    expect(from('2026-10-25T00:00:00Z')).toBe('2026-10-26T01:00:00.000Z');
  });

  it.each([
    ['', 'UTC', 'five fields'],
    ['0 2 * *', 'UTC', 'five fields'],
    ['* * * * * *', 'UTC', 'five fields'],
    ['@daily', 'UTC', 'five fields'],
    ['60 * * * *', 'UTC', 'minute'],
    ['x y z a b', 'UTC', 'not a cron line'],
    ['0 0 30 2 *', 'UTC', 'never comes'],
    ['0 2 * * *', 'Europe/Nowhere', 'time zone'],
  ])('“%s” in %s is refused with a sentence', (line, in_, words) => {
    const result = compileCron(line, in_);
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });
});
