import { describe, expect, test } from 'vitest';
import type { MaintenanceWindow } from '../../../workflows/contracts/endpoint-config.ts';
import { compileWindow } from '../../../workflows/domain/maintenance.ts';
import { anAlert } from './a-plan.ts';
import type { Given } from './a-plan.ts';

type Loose = { type: string; start: string; end: string; timezone?: string; policy?: string; days?: string[] };

function compiled(window: Loose) {
  const result = compileWindow({ timezone: 'UTC', policy: 'skip', ...window } as MaintenanceWindow);
  if (!result.ok) throw new Error(result.message);
  return result.window;
}

function isActive(window: Loose, at: string): boolean {
  return compiled(window).isActive(Date.parse(at));
}

describe('once', () => {
  const window = { type: 'once', start: '2026-03-01T22:00:00Z', end: '2026-03-02T04:00:00Z' };
  test.each([
    ['2026-03-01T21:59:59.999Z', false],
    ['2026-03-01T22:00:00Z', true],
    ['2026-03-02T03:59:59.999Z', true],
    ['2026-03-02T04:00:00Z', false],
  ])('%s: %s', (at, expected) => expect(isActive(window, at)).toBe(expected));

  test.each([
    ['an offset', '2026-03-01T22:00+02:00', '2026-03-01T23:00+02:00', 'UTC', '2026-03-01T20:30:00Z', true],
    ['a naive time in its zone', '2026-07-01T22:00', '2026-07-01T23:00', 'Europe/Berlin', '2026-07-01T20:30:00Z', true],
    [
      'a naive time with a blank',
      '2026-01-01 22:00:00',
      '2026-01-01 23:00:00',
      'Europe/Berlin',
      '2026-01-01T21:30:00Z',
      true,
    ],
    ['a naive time in UTC', '2026-07-01T22:00', '2026-07-01T23:00', '', '2026-07-01T22:30:00Z', true],
    ['an offset beats the zone', '2026-07-01T22:00Z', '2026-07-01T23:00Z', 'Asia/Tokyo', '2026-07-01T22:30:00Z', true],
    ['half-hour zones', '2026-07-01T22:00', '2026-07-01T23:00', 'Asia/Kolkata', '2026-07-01T16:45:00Z', true],
    [
      'the hour that comes twice is inside both times',
      '2026-10-25T02:00',
      '2026-10-25T03:00',
      'Europe/Berlin',
      '2026-10-25T00:30:00Z',
      true,
    ],
    [
      'the hour that comes twice, again',
      '2026-10-25T02:00',
      '2026-10-25T03:00',
      'Europe/Berlin',
      '2026-10-25T01:30:00Z',
      true,
    ],
    [
      'and ends after the second',
      '2026-10-25T02:00',
      '2026-10-25T03:00',
      'Europe/Berlin',
      '2026-10-25T02:00:00Z',
      false,
    ],
    [
      'a start in the hour that never comes begins when it would have',
      '2026-03-29T02:30',
      '2026-03-29T05:00',
      'Europe/Berlin',
      '2026-03-29T01:29:00Z',
      false,
    ],
    ['and goes on', '2026-03-29T02:30', '2026-03-29T05:00', 'Europe/Berlin', '2026-03-29T01:30:00Z', true],
  ])('%s', (_name, start, end, timezone, at, expected) =>
    expect(isActive({ type: 'once', start, end, timezone }, at)).toBe(expected),
  );
});

describe('daily', () => {
  test.each([
    ['2026-03-01T01:59:59Z', false],
    ['2026-03-01T02:00:00Z', true],
    ['2026-03-01T02:29:59Z', true],
    ['2026-03-01T02:30:00Z', false],
  ])('the end minute is outside: %s %s', (at, expected) => {
    expect(isActive({ type: 'daily', start: '02:00', end: '02:30' }, at)).toBe(expected);
  });
  test.each([
    ['2026-03-01T22:00:00Z', true],
    ['2026-03-02T00:00:00Z', true],
    ['2026-03-02T03:59:00Z', true],
    ['2026-03-02T04:00:00Z', false],
    ['2026-03-02T21:59:00Z', false],
  ])('overnight: %s %s', (at, expected) => {
    expect(isActive({ type: 'daily', start: '22:00', end: '04:00' }, at)).toBe(expected);
  });
  test.each([
    ['2026-01-15T21:30:00Z', true],
    ['2026-07-15T21:30:00Z', false],
    ['2026-07-15T20:30:00Z', true],
  ])('the wall clock of the zone counts in winter and summer: %s %s', (at, expected) => {
    expect(isActive({ type: 'daily', start: '22:00', end: '23:00', timezone: 'Europe/Berlin' }, at)).toBe(expected);
  });
  test('a window in the hour that never comes is not active that day', () => {
    const window = { type: 'daily', start: '02:15', end: '02:45', timezone: 'Europe/Berlin' };
    for (let minute = 0; minute < 24 * 60; minute += 5) {
      expect(isActive(window, new Date(Date.parse('2026-03-28T23:00Z') + minute * 60_000).toISOString())).toBe(false);
    }
  });
  test('southern summers count too', () => {
    const window = { type: 'daily', start: '22:00', end: '23:00', timezone: 'Australia/Lord_Howe' };
    expect(isActive(window, '2026-01-15T11:30:00Z')).toBe(true);
    expect(isActive(window, '2026-07-15T11:30:00Z')).toBe(true);
    expect(isActive(window, '2026-07-15T11:29:00Z')).toBe(false);
  });
});

describe('weekly', () => {
  const night = { type: 'weekly', days: ['Mon'], start: '22:00', end: '04:00' };
  test.each([
    ['2026-03-02T21:59:00Z', false],
    ['2026-03-02T22:00:00Z', true],
    ['2026-03-03T03:59:00Z', true],
    ['2026-03-03T04:00:00Z', false],
    ['2026-03-02T03:00:00Z', false],
    ['2026-03-03T22:00:00Z', false],
  ])('an overnight Monday belongs to Monday: %s %s', (at, expected) => expect(isActive(night, at)).toBe(expected));
  test('Sunday night runs into Monday', () => {
    expect(isActive({ ...night, days: ['Sun'] }, '2026-03-02T03:00:00Z')).toBe(true);
  });
  test("the day is the zone's day", () => {
    expect(
      isActive(
        { type: 'weekly', days: ['Tue'], start: '08:00', end: '09:00', timezone: 'Pacific/Auckland' },
        '2026-03-02T19:30:00Z',
      ),
    ).toBe(true);
  });
});

test.each([
  ['an unknown zone', { type: 'daily', start: '01:00', end: '02:00', timezone: 'Mars/Base' }, 'time zone'],
  ['equal start and end', { type: 'daily', start: '01:00', end: '01:00' }, 'the same'],
  ['hours that are none', { type: 'daily', start: '25:00', end: '01:00' }, '25:00'],
  ['seconds', { type: 'weekly', days: ['Mon'], start: '01:00', end: '02:00:00' }, '02:00:00'],
  ['no days', { type: 'weekly', days: [], start: '01:00', end: '02:00' }, 'at least one'],
  ['a day that is none', { type: 'weekly', days: ['Funday'], start: '01:00', end: '02:00' }, 'at least one'],
  [
    'an end before the start',
    { type: 'once', start: '2026-03-02T00:00Z', end: '2026-03-01T00:00Z' },
    'after the start',
  ],
  [
    'an end at the start',
    { type: 'once', start: '2026-03-02T00:00Z', end: '2026-03-02T01:00+01:00' },
    'after the start',
  ],
  ['a day that never was', { type: 'once', start: '2026-02-30T00:00', end: '2026-03-01T00:00' }, '2026-02-30'],
  ['words', { type: 'once', start: 'tomorrow', end: '2026-03-01T00:00' }, 'tomorrow'],
])('%s is refused with a sentence', (_name, window, word) => {
  const result = compileWindow({ timezone: 'UTC', policy: 'skip', ...window } as MaintenanceWindow);
  expect(result.ok ? 'accepted' : result.message).toContain(word);
});

describe('on a plan', () => {
  const now = { type: 'daily', start: '11:00', end: '13:00', timezone: 'UTC', policy: 'skip' } as const;
  const later = { ...now, start: '13:00', end: '14:00' } as const;
  const off = { globalMode: false, globalPolicy: 'skip', windows: [] } as const;
  const outcome = (given: Given, status = 0): string => {
    const { disposition, reason, explanation } = anAlert({ heartbeat: { status } }, given);
    return `${disposition} ${reason}${explanation === null ? '' : ` ${/maintenance|window/.test(explanation)}`}`;
  };

  test.each<[string, Given, string]>([
    ['nothing on', {}, 'incident null'],
    ['a window of the endpoint', { endpoint: { maintenance: [now] } }, 'skip window true'],
    ['a window that is not on', { endpoint: { maintenance: [later] } }, 'incident null'],
    ['a window that holds', { endpoint: { maintenance: [{ ...now, policy: 'hold' }] } }, 'hold window true'],
    ['a global window', { input: { maintenance: { ...off, windows: [now] } } }, 'skip window true'],
    [
      'a global window that holds',
      { input: { maintenance: { ...off, windows: [{ ...now, policy: 'hold' }] } } },
      'hold window true',
    ],
    ['the global mode', { input: { maintenance: { ...off, globalMode: true } } }, 'skip maintenance true'],
    [
      'the global mode that holds',
      { input: { maintenance: { ...off, globalMode: true, globalPolicy: 'hold' } } },
      'hold maintenance true',
    ],
    [
      'the mode skips but a window holds',
      { endpoint: { maintenance: [{ ...now, policy: 'hold' }] }, input: { maintenance: { ...off, globalMode: true } } },
      'hold window true',
    ],
  ])('%s', (_name, given, expected) => {
    expect(outcome(given)).toBe(expected);
    expect(outcome(given, 1)).toBe('incident null');
    expect(outcome(given, 5)).toBe('skip trigger false');
  });

  test('the clock of the plan is when the webhook was received', () => {
    const given = (receivedAt: string): Given => ({ endpoint: { maintenance: [now] }, input: { receivedAt } });
    expect(outcome(given('2026-03-02T10:59:59.999Z'))).toBe('incident null');
    expect(outcome(given('2026-03-02T11:00:00.000Z'))).toBe('skip window true');
  });

  test('a dropped alert is not held', () => {
    const routingRules = [{ path: '$.heartbeat.status', pattern: '0', overrides: { drop: true } }];
    expect(outcome({ endpoint: { maintenance: [{ ...now, policy: 'hold' }] }, ticketing: { routingRules } })).toBe(
      'skip dropped false',
    );
  });
});
