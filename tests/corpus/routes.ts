import type { RoutingRule, TicketingConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { TicketDraft } from '../../workflows/contracts/plan.ts';
import { opened, raw, type CorpusCase } from './corpus-case.ts';

const rule = (path: string, pattern: string, overrides: RoutingRule['overrides'] = { board: 'HIT' }): RoutingRule => ({
  path,
  pattern,
  overrides,
});

/** Whether one rule matches: unanchored, case ignored, on the value as text; a missing path never. */
const MATCHES: readonly (readonly [path: string, pattern: string, body: unknown, isHit: boolean])[] = [
  ['$.severity', '^critical$', { severity: 'critical' }, true],
  ['$.severity', '^critical$', { severity: 'CRITICAL' }, true],
  ['$.severity', '^CRITICAL$', { severity: 'critical' }, true],
  ['$.severity', '^critical$', { severity: 'critical!' }, false],
  ['$.severity', 'crit', { severity: 'very critical' }, true],
  ['$.host', '-db-', { host: 'eu-DB-1' }, true],
  ['$.host', '.*-DB-.*', { host: 'eu-db-1' }, true],
  ['$.host', '^(web|app)-\\d+$', { host: 'app-12' }, true],
  ['$.host', '^(web|app)-\\d+$', { host: 'app-x' }, false],
  ['$.missing', '.*', { host: 'x' }, false],
  ['$.missing', 'none', { host: 'x' }, false],
  ['$.missing', '^$', { host: 'x' }, false],
  ['$.blank', '^$', { blank: '' }, true],
  ['$.n', '^500$', { n: 500 }, true],
  ['$.n', '^1\\.50$', raw('{"n":1.50}'), true],
  ['$.n', '^12345678901234567890$', raw('{"n":12345678901234567890}'), true],
  ['$.ok', '^true$', { ok: true }, true],
  ['$.ok', '^false$', { ok: false }, true],
  ['$.tags', '"prod"', { tags: ['prod', 'eu'] }, true],
  ['$.tags[*]', 'eu', { tags: ['prod', 'eu'] }, false],
  ['$.tags[-1]', 'eu', { tags: ['prod', 'eu'] }, true],
  ["$.tags[?(@=='eu')]", 'eu', { tags: ['prod', 'eu'] }, true],
  ['severity', 'critical', { severity: 'critical' }, true],
  ['$.text', '(a+)+$', { text: `${'a'.repeat(5_000)}b` }, false],
  ['$.text', '(a+)+$', { text: 'baaa' }, true],
  ['$.größe', 'straße', { größe: 'STRASSE' }, false],
  ['$.name', 'ö', { name: 'Ö' }, true],
];

const OWN: Partial<TicketingConfig> = { board: 'Own', priority: 'P3', type: 'Own type' };

type Row = readonly [
  why: string,
  rules: RoutingRule[],
  mapping: TicketingConfig['mapping'],
  ticket: Partial<TicketDraft>,
  matched: number[],
];

const BODY = { severity: 'critical', host: 'web-1', board: 'Mapped' };

const ROWS: readonly Row[] = [
  ['no rule: the endpoint’s own', [], {}, { board: 'Own', priority: 'P3' }, []],
  [
    'one field is overridden',
    [rule('$.severity', 'critical', { priority: 'P1' })],
    {},
    { board: 'Own', priority: 'P1' },
    [0],
  ],
  [
    'the later match wins',
    [rule('$.severity', 'critical', { board: 'A' }), rule('$.host', 'web', { board: 'B' })],
    {},
    { board: 'B' },
    [0, 1],
  ],
  [
    'field by field',
    [rule('$.severity', 'critical', { board: 'A', priority: 'P1' }), rule('$.host', 'web', { board: 'B' })],
    {},
    { board: 'B', priority: 'P1' },
    [0, 1],
  ],
  [
    'what does not match changes nothing',
    [rule('$.severity', 'critical', { board: 'A' }), rule('$.host', 'db', { board: 'B' })],
    {},
    { board: 'A' },
    [0],
  ],
  [
    'a rule goes before the mapping',
    [rule('$.severity', 'critical', { board: 'A' })],
    { board: '$.board' },
    { board: 'A' },
    [0],
  ],
  [
    'the mapping goes before the endpoint',
    [rule('$.severity', 'low', { board: 'A' })],
    { board: '$.board' },
    { board: 'Mapped' },
    [],
  ],
  [
    'a blank override overrides nothing',
    [rule('$.severity', 'critical', { board: ' ', priority: 'P1' })],
    {},
    { board: 'Own', priority: 'P1' },
    [0],
  ],
  ['a null override overrides nothing', [rule('$.severity', 'critical', { board: null })], {}, { board: 'Own' }, [0]],
  [
    'all nine fields',
    [
      rule('$.host', 'web', {
        board: 'b',
        status: 's',
        type: 't',
        subtype: 'u',
        item: 'i',
        priority: 'p',
        severity: 'High',
        impact: 'Low',
        companyId: 'c',
      }),
    ],
    {},
    {
      board: 'b',
      status: 's',
      type: 't',
      subtype: 'u',
      item: 'i',
      priority: 'p',
      severity: 'High',
      impact: 'Low',
      companyId: 'c',
    },
    [0],
  ],
  ['a company of a rule holds', [rule('$.severity', 'critical', { companyId: 'VIP' })], {}, { companyId: 'VIP' }, [0]],
  ['drop false is no drop', [rule('$.severity', 'critical', { drop: false, board: 'A' })], {}, { board: 'A' }, [0]],
];

const dropped = (status: number, more: Partial<CorpusCase['alerts'][number]>, name: string): CorpusCase => ({
  name,
  ticketing: { routingRules: [rule('$.monitor.name', 'test', { drop: true }), rule('$.msg', 'x', { board: 'B' })] },
  body: { heartbeat: { status }, monitor: { name: 'a test monitor' }, msg: 'x' },
  alerts: [{ rules: [0, 1], ...more }],
});

export const ROUTES: readonly CorpusCase[] = [
  ...MATCHES.map(([path, pattern, body, isHit], index) =>
    opened(`rule ${index + 1}: ${pattern} on ${path}`, { routingRules: [rule(path, pattern)] }, body, {
      ticket: { board: isHit ? 'HIT' : null },
      rules: isHit ? [0] : [],
    }),
  ),
  ...ROWS.map(([why, routingRules, mapping, ticket, rules]) =>
    opened(`routing: ${why}`, { ...OWN, routingRules, mapping }, BODY, { ticket, rules }),
  ),
  dropped(0, { kind: 'open', goes: 'skip', reason: 'dropped', ticket: { board: 'B' } }, 'a drop skips an open'),
  dropped(1, { kind: 'close', goes: 'incident', reason: null }, 'a drop never suppresses a close'),
  dropped(7, { kind: 'other', goes: 'skip', reason: 'trigger' }, 'what is neither is history whatever drops'),
];
