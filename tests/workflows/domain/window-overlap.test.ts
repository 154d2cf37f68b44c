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
  ['another zone', [daily('01:00', '02:00'), daily('01:00', '02:00', 'Europe/Berlin')], 0],
  ['the same thrice', [daily('01:00', '02:00'), daily('01:00', '02:00'), daily('01:00', '02:00')], 2],
])('%s', (_name, windows, count) => expect(findOverlaps(windows)).toHaveLength(count));

test('an overlap is saved, and said on the plan', () => {
  expect(
    aPlan({}, { endpoint: { maintenance: [daily('01:00', '03:00'), sunday('02:00', '04:00')] } }).warnings,
  ).toEqual(['maintenance.1: overlaps maintenance.0; where both are on, hold wins over skip']);
});
