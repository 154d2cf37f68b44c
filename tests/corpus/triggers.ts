import type { EndpointConfig, TicketingConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { AlertKind, SkipReason } from '../../workflows/contracts/plan.ts';
import { raw, type CorpusCase } from './corpus-case.ts';

type Row = readonly [
  name: string,
  ticketing: Partial<TicketingConfig>,
  body: unknown,
  kind: AlertKind,
  value: string | null,
];

const words = (openValues: string[], closeValues: string[], triggerField = '$.status'): Partial<TicketingConfig> => ({
  triggerField,
  openValues,
  closeValues,
});

const ROWS: readonly Row[] = [
  ['0 is open by default', {}, { heartbeat: { status: 0 } }, 'open', '0'],
  ['1 is close by default', {}, { heartbeat: { status: 1 } }, 'close', '1'],
  ['"0" as a text is open as well', {}, { heartbeat: { status: '0' } }, 'open', '0'],
  ['2 is neither', {}, { heartbeat: { status: 2 } }, 'other', '2'],
  ['01 is not 1', {}, { heartbeat: { status: '01' } }, 'other', '01'],
  ['0.0 is not 0', {}, raw('{"heartbeat":{"status":0.0}}'), 'other', '0.0'],
  ['a missing field is neither', {}, { monitor: {} }, 'other', null],
  ['a missing field never matches, not even None', words(['None'], ['null']), { x: 1 }, 'other', null],
  ['a missing field never matches the empty text', words([''], ['1']), { x: 1 }, 'other', null],
  ['words are compared exactly', words(['firing'], ['resolved']), { status: 'firing' }, 'open', 'firing'],
  ['the closing word', words(['firing'], ['resolved']), { status: 'resolved' }, 'close', 'resolved'],
  ['case matters', words(['firing'], ['resolved']), { status: 'Firing' }, 'other', 'Firing'],
  ['a part of a word is no match', words(['fire'], ['resolved']), { status: 'fired' }, 'other', 'fired'],
  ['lists hold several', words(['CRITICAL', 'WARNING'], ['OK']), { status: 'WARNING' }, 'open', 'WARNING'],
  ['entries are trimmed', words([' CRITICAL ', 'WARNING'], ['OK']), { status: 'CRITICAL' }, 'open', 'CRITICAL'],
  ['several closing words', words(['PROBLEM'], ['OK', 'RESOLVED']), { status: 'RESOLVED' }, 'close', 'RESOLVED'],
  ['open is tested first', words(['1'], ['1']), { status: 1 }, 'open', '1'],
  ['true matches true', words(['true'], ['false']), { status: true }, 'open', 'true'],
  ['true matches True', words(['True'], ['False']), { status: true }, 'open', 'true'],
  ['false matches False', words(['True'], ['False']), { status: false }, 'close', 'false'],
  ['the text True matches true', words(['true'], ['false']), { status: 'True' }, 'open', 'True'],
  ['TRUE is not true', words(['true'], ['false']), { status: 'TRUE' }, 'other', 'TRUE'],
  [
    'big integers keep their digits',
    words(['12345678901234567890'], ['1']),
    raw('{"status":12345678901234567890}'),
    'open',
    '12345678901234567890',
  ],
  [
    'a neighbour of a big integer is another number',
    words(['12345678901234567890'], ['1']),
    raw('{"status":12345678901234567891}'),
    'other',
    '12345678901234567891',
  ],
  ['a field path without $', words(['down'], ['up'], 'monitor.state'), { monitor: { state: 'down' } }, 'open', 'down'],
  [
    'an index',
    words(['down'], ['up'], '$.checks[-1].state'),
    { checks: [{ state: 'up' }, { state: 'down' }] },
    'open',
    'down',
  ],
  ['a union', words(['down'], ['up'], '$.state|$.status'), { status: 'up' }, 'close', 'up'],
  [
    'the first match of many decides',
    words(['down'], ['up'], '$.checks[*].state'),
    { checks: [{ state: 'up' }, { state: 'down' }] },
    'close',
    'up',
  ],
  [
    'a filter',
    words(['down'], ['up'], "$.checks[?(@.name=='db')].state"),
    {
      checks: [
        { name: 'web', state: 'up' },
        { name: 'db', state: 'down' },
      ],
    },
    'open',
    'down',
  ],
  ['an object is compared as JSON', words(['{"a":1}'], ['1']), { status: { a: 1 } }, 'open', '{"a":1}'],
  [
    'otherValues open: an unknown word opens',
    { ...words(['down'], ['up']), otherValues: 'open' },
    { status: 'weird' },
    'open',
    'weird',
  ],
  [
    'otherValues open: a missing field opens',
    { ...words(['down'], ['up']), otherValues: 'open' },
    { x: 1 },
    'open',
    null,
  ],
  [
    'otherValues open: a close still closes',
    { ...words(['down'], ['up']), otherValues: 'open' },
    { status: 'up' },
    'close',
    'up',
  ],
];

type Off = readonly [
  name: string,
  endpoint: Partial<EndpointConfig>,
  ticketing: Partial<TicketingConfig>,
  reason: SkipReason,
];

const OFF: readonly Off[] = [
  ['a disabled endpoint', { enabled: false }, {}, 'disabled'],
  ['a draft endpoint', { draft: true }, {}, 'draft'],
  ['ticketing that is off', {}, { enabled: false }, 'ticketing-off'],
];

/** What a body says of its incident, and that an endpoint which is off plans only. */
export const TRIGGERS: readonly CorpusCase[] = [
  ...ROWS.map(([name, ticketing, body, kind, value]): CorpusCase => ({
    name: `trigger: ${name}`,
    ticketing,
    body,
    alerts: [
      {
        kind,
        trigger: value,
        goes: kind === 'other' ? 'skip' : 'incident',
        reason: kind === 'other' ? 'trigger' : null,
      },
    ],
  })),
  ...OFF.flatMap(([name, endpoint, ticketing, reason]) =>
    ([0, 1] as const).map((status): CorpusCase => ({
      name: `${name} plans a status of ${status} only`,
      endpoint,
      ticketing,
      body: { heartbeat: { status } },
      alerts: [{ kind: status === 0 ? 'open' : 'close', goes: 'skip', reason }],
    })),
  ),
];
