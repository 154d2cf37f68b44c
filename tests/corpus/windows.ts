import type { MaintenanceWindow } from '../../workflows/contracts/endpoint-config.ts';
import type { CorpusCase, CorpusWorld } from './corpus-case.ts';

const DOWN = { heartbeat: { status: 0 }, monitor: { name: 'Web' } };
const UP = { heartbeat: { status: 1 }, monitor: { name: 'Web' } };

const daily = (start: string, end: string, timezone = 'UTC'): MaintenanceWindow => ({
  type: 'daily',
  start,
  end,
  timezone,
  policy: 'skip',
});
const weekly = (days: ('Mon' | 'Tue' | 'Sat' | 'Sun')[], start: string, end: string, timezone = 'UTC') =>
  ({ ...daily(start, end, timezone), type: 'weekly', days }) as MaintenanceWindow;
const once = (start: string, end: string, timezone = 'UTC'): MaintenanceWindow => ({
  type: 'once',
  start,
  end,
  timezone,
  policy: 'skip',
});

type Row = readonly [why: string, window: MaintenanceWindow, at: string, isInside: boolean];

const NIGHT_BERLIN = daily('22:00', '04:00', 'Europe/Berlin');
const TWO_TO_THREE = daily('02:00', '03:00', 'Europe/Berlin');
const MONDAY_NIGHT = weekly(['Mon'], '22:00', '04:00');
const SUNDAY_NEW_YORK = weekly(['Sun'], '23:00', '01:00', 'America/New_York');
const NOON_BERLIN = once('2026-03-02T12:00', '2026-03-02T14:00', 'Europe/Berlin');
const OVER_THE_CHANGE = once('2026-03-29T01:30', '2026-03-29T03:30', 'Europe/Berlin');

/** 2 March 2026 is a Monday; Berlin is an hour ahead of UTC, from 29 March two, from 25 October one. */
const ROWS: readonly Row[] = [
  ['before a daily window', daily('08:00', '10:00'), '2026-03-02T07:59:59.999Z', false],
  ['its first minute', daily('08:00', '10:00'), '2026-03-02T08:00:00.000Z', true],
  ['its last minute', daily('08:00', '10:00'), '2026-03-02T09:59:59.999Z', true],
  ['its end is outside', daily('08:00', '10:00'), '2026-03-02T10:00:00.000Z', false],
  ['on each day', daily('08:00', '10:00'), '2026-12-24T09:00:00.000Z', true],
  ['winter night in Berlin, before', NIGHT_BERLIN, '2026-03-02T20:59:00.000Z', false],
  ['winter night in Berlin, begin', NIGHT_BERLIN, '2026-03-02T21:00:00.000Z', true],
  ['winter night in Berlin, after midnight', NIGHT_BERLIN, '2026-03-03T02:59:00.000Z', true],
  ['winter night in Berlin, end', NIGHT_BERLIN, '2026-03-03T03:00:00.000Z', false],
  ['summer night in Berlin, before', NIGHT_BERLIN, '2026-07-01T19:59:00.000Z', false],
  ['summer night in Berlin, begin', NIGHT_BERLIN, '2026-07-01T20:00:00.000Z', true],
  ['summer night in Berlin, last minute', NIGHT_BERLIN, '2026-07-02T01:59:00.000Z', true],
  ['summer night in Berlin, end', NIGHT_BERLIN, '2026-07-02T02:00:00.000Z', false],
  ['an hour that does not come, minute before', TWO_TO_THREE, '2026-03-29T00:59:00.000Z', false],
  ['an hour that does not come, minute after', TWO_TO_THREE, '2026-03-29T01:00:00.000Z', false],
  ['an hour that comes twice, minute before', TWO_TO_THREE, '2026-10-24T23:59:00.000Z', false],
  ['an hour that comes twice, the first time', TWO_TO_THREE, '2026-10-25T00:30:00.000Z', true],
  ['an hour that comes twice, the second time', TWO_TO_THREE, '2026-10-25T01:30:00.000Z', true],
  ['an hour that comes twice, after', TWO_TO_THREE, '2026-10-25T02:00:00.000Z', false],
  ['half an hour off UTC', daily('09:00', '10:00', 'Asia/Kolkata'), '2026-03-02T03:30:00.000Z', true],
  ['half an hour off UTC, before', daily('09:00', '10:00', 'Asia/Kolkata'), '2026-03-02T03:29:00.000Z', false],
  ['Monday night, Monday after midnight belongs to Sunday', MONDAY_NIGHT, '2026-03-02T00:30:00.000Z', false],
  ['Monday night, begin', MONDAY_NIGHT, '2026-03-02T22:00:00.000Z', true],
  ['Monday night, Tuesday after midnight', MONDAY_NIGHT, '2026-03-03T03:59:00.000Z', true],
  ['Monday night, end', MONDAY_NIGHT, '2026-03-03T04:00:00.000Z', false],
  ['Monday night, not Tuesday night', MONDAY_NIGHT, '2026-03-03T22:00:00.000Z', false],
  ['Monday night, not Sunday night', MONDAY_NIGHT, '2026-03-01T23:00:00.000Z', false],
  ['several days', weekly(['Sat', 'Sun'], '00:00', '12:00'), '2026-03-01T11:00:00.000Z', true],
  ['several days, another', weekly(['Sat', 'Sun'], '00:00', '12:00'), '2026-03-02T11:00:00.000Z', false],
  ['Sunday night in New York, before', SUNDAY_NEW_YORK, '2026-03-09T02:59:00.000Z', false],
  ['Sunday night in New York, begin', SUNDAY_NEW_YORK, '2026-03-09T03:00:00.000Z', true],
  ['Sunday night in New York, Monday there', SUNDAY_NEW_YORK, '2026-03-09T04:59:00.000Z', true],
  ['Sunday night in New York, end', SUNDAY_NEW_YORK, '2026-03-09T05:00:00.000Z', false],
  ['once, naive times are meant in the zone: before', NOON_BERLIN, '2026-03-02T10:59:59.000Z', false],
  ['once, naive: begin', NOON_BERLIN, '2026-03-02T11:00:00.000Z', true],
  ['once, naive: end', NOON_BERLIN, '2026-03-02T13:00:00.000Z', false],
  ['once, naive, over the change of clocks: begin', OVER_THE_CHANGE, '2026-03-29T00:30:00.000Z', true],
  ['once, naive, over the change of clocks: last', OVER_THE_CHANGE, '2026-03-29T01:29:00.000Z', true],
  ['once, naive, over the change of clocks: end', OVER_THE_CHANGE, '2026-03-29T01:30:00.000Z', false],
  [
    'once with Z, whatever the zone',
    once('2026-03-02T12:00:00Z', '2026-03-02T13:00:00Z', 'Europe/Berlin'),
    '2026-03-02T12:30:00.000Z',
    true,
  ],
  [
    'once with offsets',
    once('2026-03-02T12:00:00+05:30', '2026-03-02T13:00:00+05:30'),
    '2026-03-02T06:45:00.000Z',
    true,
  ],
  [
    'once with offsets, after',
    once('2026-03-02T12:00:00+05:30', '2026-03-02T13:00:00+05:30'),
    '2026-03-02T07:30:00.000Z',
    false,
  ],
];

type Special = readonly [
  why: string,
  windows: MaintenanceWindow[],
  body: object,
  world: CorpusWorld['maintenance'],
  alert: CorpusCase['alerts'][number],
];

const ALWAYS = [daily('00:00', '12:00'), daily('12:00', '00:00')];
const HOLDS = ALWAYS.map((window): MaintenanceWindow => ({ ...window, policy: 'hold' }));
const INCIDENT = { goes: 'incident', reason: null } as const;

const SPECIAL: readonly Special[] = [
  ['a close passes a window', ALWAYS, UP, {}, { kind: 'close', ...INCIDENT }],
  ['a close passes a window that holds', HOLDS, UP, {}, { kind: 'close', ...INCIDENT }],
  ['a window may hold', HOLDS, DOWN, {}, { kind: 'open', goes: 'hold', reason: 'window' }],
  ['the global mode skips', [], DOWN, { globalMode: true }, { goes: 'skip', reason: 'maintenance' }],
  [
    'the global mode may hold',
    [],
    DOWN,
    { globalMode: true, globalPolicy: 'hold' },
    { goes: 'hold', reason: 'maintenance' },
  ],
  ['a close passes the global mode', [], UP, { globalMode: true }, { kind: 'close', ...INCIDENT }],
  ['a global window skips', [], DOWN, { windows: ALWAYS }, { goes: 'skip', reason: 'window' }],
  ['a global window may hold', [], DOWN, { windows: HOLDS }, { goes: 'hold', reason: 'window' }],
  [
    'a global window that is over does nothing',
    [],
    DOWN,
    { windows: [once('2026-01-01T00:00', '2026-01-02T00:00')] },
    INCIDENT,
  ],
  ['a close passes a global window', [], UP, { windows: ALWAYS }, { kind: 'close', ...INCIDENT }],
  [
    'what is neither open nor close is history in a window too',
    ALWAYS,
    { heartbeat: { status: 5 } },
    {},
    { kind: 'other', goes: 'skip', reason: 'trigger' },
  ],
];

/** Windows decide by the instant of receipt, in their own zone; a close passes always. */
export const WINDOWS: readonly CorpusCase[] = [
  ...ROWS.map(([why, window, at, isInside]): CorpusCase => ({
    name: `window: ${why}`,
    ticketing: {},
    endpoint: { maintenance: [window] },
    body: DOWN,
    at,
    alerts: [{ kind: 'open', goes: isInside ? 'skip' : 'incident', reason: isInside ? 'window' : null }],
  })),
  ...SPECIAL.map(([why, maintenance, body, world, alert]): CorpusCase => ({
    name: `window: ${why}`,
    ticketing: {},
    endpoint: { maintenance },
    body,
    world: { maintenance: world ?? {} },
    alerts: [alert],
  })),
];
