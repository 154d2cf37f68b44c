import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TicketingConfig } from '../../../workflows/contracts/endpoint-config.ts';
import type { Json } from '../../../workflows/contracts/json.ts';
import { planWebhook } from '../../../workflows/domain/plan.ts';
import { beginTrace } from '../../../workflows/domain/plan-trace.ts';
import { leastCpuMs } from '../../support/cpu-time.ts';
import { aBody, aPlan, aPlanInput } from './a-plan.ts';

const NAMES = [
  'monitor',
  'name',
  'title',
  'msg',
  'message',
  'heartbeat',
  'status',
  'alerts',
  'Tenant',
  'TaskInfo',
  '__proto__',
  'constructor',
  'a',
];
const PATHS = [
  '$',
  'name',
  '$..name',
  '$.alerts[*]',
  '$.alerts[-1]',
  '$..*',
  '$.heartbeat.status',
  '$root.name',
  "$.alerts[?(@.status == 'x' || @.a > 1)].name",
  '$[::-1]',
  '$..[0,1]',
  '$.missing|$.a',
  '$..[',
  'x(',
  '',
];
const TEXTS = [...PATHS, 'Host $.name up', '{$.name} on {$.a}', 'words only', '{$..*}{$root}', '{$.x y}', '$.name:$.a'];

const body = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Json>(
      '0',
      '1',
      'firing',
      '#CW-Acme',
      '',
      ' ',
      0,
      1,
      true,
      false,
      null,
      'x'.repeat(200),
      '😀'.repeat(1_200),
      `x${'😀'.repeat(1_200)}`,
    ),
    fc.string({ unit: 'binary', maxLength: 8 }).map(storable),
    fc.double().filter(Number.isFinite),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie('value'), { maxKeys: 5 }),
    fc.constantFrom('password', 'apiToken', 'session_id').map((name) => ({ [name]: 'LEAK' })),
  ),
})).value;

/** As the parser hands texts on. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

const path = fc.constantFrom(...PATHS);
const text = fc.constantFrom(...TEXTS);
const ticketing = fc.record<Partial<TicketingConfig>>({
  triggerField: path,
  otherValues: fc.constantFrom('skip', 'open'),
  splitPath: fc.option(path),
  summaryPrefix: fc.option(fc.string({ maxLength: 5 })),
  summaryRemove: fc.array(fc.string({ minLength: 1, maxLength: 2 }), { maxLength: 2 }),
  descriptionTemplate: fc.option(
    fc.constantFrom('{{ monitor_name }} {{ msg }} {$..*}', '{$..password} {$root}', '{{ msg }}'),
  ),
  mapping: fc.dictionary(fc.constantFrom('summary', 'description', 'customer_id', 'board', 'severity'), text),
  routingRules: fc.array(
    fc.record({
      path,
      pattern: fc.constantFrom('.*', '(a+)+$', 'x', '('),
      overrides: fc.constantFrom({}, { drop: true }, { companyId: 'R', board: null }),
    }),
    { maxLength: 3 },
  ),
});

test('a plan never throws, is the same each time, fits a ticket and leaks nothing, whatever body and configuration', () => {
  fc.assert(
    fc.property(body, ticketing, (json, config) => {
      const tenants = [{ tenant: '*', companyId: 'ANY' }];
      const plan = aPlan(json, { ticketing: config, input: { tenants } });
      const trace = beginTrace();
      const given = { ticketing: config, input: { tenants, trace } };
      expect(aPlan(structuredClone(json), given), 'the same when it is explained').toEqual(plan);
      expect(JSON.stringify(trace)).not.toContain('LEAK');
      expect(trace.alerts).toHaveLength(Math.min(20, plan.alerts.length));
      const printed = JSON.stringify(plan);
      expect(printed).not.toContain('LEAK');
      expect(printed, 'Postgres refuses half a surrogate pair and NUL').not.toMatch(/\\ud[89a-f]|\\u0000/);
      expect(plan.alerts.length > 0).toBe(plan.failure === null);
      for (const alert of plan.alerts) {
        expect(Array.from(alert.ticket.summary).length).toBeLessThanOrEqual(99);
        expect(alert.ticket.summary.trim()).not.toBe('');
        expect(alert.ticket.description.length).toBeLessThanOrEqual(30_000);
        expect(alert.incidentKey).toMatch(/^incident:[0-9a-f-]{36}:[a-z0-9]{1,40}$/);
        expect((alert.disposition === 'incident') === (alert.reason === null)).toBe(true);
        if (alert.kind === 'close') expect(alert.disposition).toBe('incident');
      }
    }),
    { numRuns: 1_500 },
  );
});

test('planning leaves its input as it was', () => {
  fc.assert(
    fc.property(body, ticketing, (json, config) => {
      const before = JSON.stringify(json);
      aPlan(json, { ticketing: config });
      expect(JSON.stringify(json)).toBe(before);
    }),
    { numRuns: 300 },
  );
});

const MIB = 1_048_576;
const HOSTILE: readonly (readonly [string, string])[] = [
  ['49,000 keys', `{${Array.from({ length: 49_000 }, (_, index) => `"key_number_${index}":${index}`).join(',')}}`],
  ['a list of 49,000 objects', `{"alerts":[${Array(24_000).fill('{"status":"firing"}').join(',')}]}`],
  ['one text of a mebibyte', `{"msg":"${'a'.repeat(MIB - 100)}b","title":"${'x '.repeat(20)}"}`],
  [
    '63 levels, each wide',
    `${'{"a":[1,2,3],"password":"x","b":'.repeat(31)}${'['.repeat(32)}${']'.repeat(32)}${'}'.repeat(31)}`,
  ],
  ['numbers with odd digits', `{"n":[${Array(40_000).fill('1.50').join(',')}]}`],
  ['one key of a mebibyte', `{"${'aB_'.repeat(300_000)}":1,"heartbeat":{"status":0}}`],
  ['escapes everywhere', `{"msg":"${'\\u0000\\ud800'.repeat(80_000)}"}`],
];

test.each(HOSTILE)('a hostile body is read and planned within 250 ms of processor time: %s', (_name, bodyText) => {
  const config: Partial<TicketingConfig> = {
    mapping: {
      summary: '$..missing',
      description: '{$..*..missing} {$.msg}',
      board: '$..*..*..nothing',
      customer_id: "$..[?(@.a == 'b')].c",
    },
    descriptionTemplate: '{$}',
    routingRules: [
      { path: '$.msg', pattern: '(a+)+$', overrides: {} },
      { path: '$', pattern: '(x+x+)+y', overrides: {} },
    ],
  };
  const input = aPlanInput(null, { ticketing: config });
  expect(
    leastCpuMs(() => expect(planWebhook({ ...input, body: aBody(bodyText) }).alerts).toHaveLength(1)),
  ).toBeLessThan(250);
});
