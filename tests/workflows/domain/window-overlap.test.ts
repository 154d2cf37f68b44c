import { expect, test } from 'vitest';
import type { MaintenanceWindow } from '../../../workflows/contracts/endpoint-config.ts';
import { findOverlaps } from '../../../workflows/domain/window-overlap.ts';
import { aPlan } from './a-plan.ts';

const daily = (start: string, end: string, timezone = 'UTC'): MaintenanceWindow => ({
  type: 'daily',
  start,
  end,
  timezone,
  policy: 'skip',
});
const NOW = Date.parse('2026-03-02T12:00:00Z');
const once = (start: string, end: string, timezone = 'UTC'): MaintenanceWindow => ({
  type: 'once',
  start,
  end,
  timezone,
  policy: 'skip',
});
const sunday = (start: string, end: string): MaintenanceWindow => ({
  type: 'weekly',
  days: ['Sun'],
  start,
  end,
  timezone: 'UTC',
  policy: 'hold',
});

test.each<[string, MaintenanceWindow[], number]>([
  ['apart', [daily('01:00', '02:00'), daily('03:00', '04:00')], 0],
  ['touching', [daily('01:00', '02:00'), daily('02:00', '03:00')], 0],
  ['overlapping', [daily('01:00', '02:01'), daily('02:00', '03:00')], 1],
  ['overnight', [daily('22:00', '04:00'), daily('03:00', '05:00')], 1],
  [
    'Sunday night into Monday',
    [sunday('22:00', '04:00'), { ...sunday('03:00', '05:00'), days: ['Mon'] } as MaintenanceWindow],
    1,
  ],
  ['Sunday night beside Sunday morning', [sunday('22:00', '04:00'), sunday('03:00', '05:00')], 0],
  [
    'the same hours in a zone an hour or two ahead',
    [daily('01:00', '02:00'), daily('01:00', '02:00', 'Europe/Berlin')],
    0,
  ],
  ['the same time in another zone', [daily('01:00', '02:00'), daily('02:30', '02:45', 'Europe/Berlin')], 1],
  ['only while one zone has summer time', [daily('01:00', '02:00'), daily('03:30', '03:45', 'Europe/Berlin')], 1],
  ['half an hour apart in Asia', [daily('01:00', '02:00'), daily('06:30', '07:30', 'Asia/Kolkata')], 1],
  [
    'Sunday in Auckland is Saturday in UTC',
    [
      { ...sunday('12:00', '13:00'), days: ['Sat'] } as MaintenanceWindow,
      { ...sunday('00:30', '00:45'), timezone: 'Pacific/Auckland' } as MaintenanceWindow,
    ],
    1,
  ],
  [
    'one-time windows at the same time',
    [once('2026-07-01T10:00', '2026-07-01T12:00'), once('2026-07-01T11:00', '2026-07-01T13:00')],
    1,
  ],
  [
    'one-time windows that touch',
    [once('2026-07-01T10:00', '2026-07-01T12:00'), once('2026-07-01T12:00', '2026-07-01T13:00')],
    0,
  ],
  [
    'a naive one in another zone',
    [once('2026-07-01T10:00', '2026-07-01T11:00'), once('2026-07-01T12:30', '2026-07-01T12:45', 'Europe/Berlin')],
    1,
  ],
  ['a one-time window in a daily one', [daily('22:00', '04:00'), once('2026-07-01T03:59', '2026-07-01T05:00')], 1],
  ['a one-time window beside a daily one', [daily('22:00', '04:00'), once('2026-07-01T04:00', '2026-07-01T22:00')], 0],
  [
    'a one-time window of a month and any other',
    [once('2026-07-01T00:00', '2026-08-01T00:00'), sunday('01:00', '02:00')],
    1,
  ],
  ['one-time windows that are over', [once('2020-07-01T10:00', '2020-07-01T12:00'), daily('11:00', '13:00')], 0],
  ['one that cannot be read', [daily('01:00', '02:00', 'Mars/Base'), daily('01:00', '02:00')], 0],
  ['the same thrice', [daily('01:00', '02:00'), daily('01:00', '02:00'), daily('01:00', '02:00')], 2],
])('%s', (_name, windows, count) => expect(findOverlaps(windows, NOW)).toHaveLength(count));

test('an overlap is saved, and said on the plan', () => {
  expect(
    aPlan({}, { endpoint: { maintenance: [daily('01:00', '03:00'), sunday('02:00', '04:00')] } }).warnings,
  ).toEqual([
    'maintenance.1: overlaps maintenance.0; where both are on, hold wins over skip. Move one of them if that is not meant.',
  ]);
});
