import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TicketingConfig } from '../../../workflows/contracts/endpoint-config.ts';
import type { TenantMapping } from '../../../workflows/domain/tenant-map.ts';
import { planWebhook } from '../../../workflows/domain/plan.ts';
import { leastCpuMs } from '../../support/cpu-time.ts';
import { aBody, aPlan, aPlanInput, anAlert } from './a-plan.ts';

const LIMIT_MS = 250;
const MIB = 1_048_576;

function costOf(ticketing: Partial<TicketingConfig>, text: string, tenants: readonly TenantMapping[] = []): number {
  const input = aPlanInput(null, { ticketing: { otherValues: 'open', ...ticketing }, input: { tenants } });
  return leastCpuMs(() => planWebhook({ ...input, body: aBody(text) }), LIMIT_MS);
}

/** A body of many keys: how many, how long their names are, how deep each member is, whether names are secret. */
const wideBody = fc.record({
  keys: fc.integer({ min: 100, max: 7_000 }),
  name: fc.constantFrom('k', 'password', 'someCamelCaseName', 'a-b_c.d', 'x'.repeat(60)),
  member: fc.constantFrom('1', '"text"', '1.50', '[1,[2,[3]]]', '{"a":{"b":{"c":null}}}', '"\\u0000"'),
  isList: fc.boolean(),
});

function textOf({
  keys,
  name,
  member,
  isList,
}: typeof wideBody extends fc.Arbitrary<infer Wide> ? Wide : never): string {
  const members = Array.from({ length: keys }, (_, at) =>
    isList ? `{"${name}":${member}}` : `"${name}${at}":${member}`,
  );
  return isList ? `{"alerts":[${members.slice(0, 4_900).join(',')}]}` : `{${members.join(',')}}`;
}

const ticketing = fc.record<Partial<TicketingConfig>>({
  splitPath: fc.constantFrom(null, '$.alerts[*]'),
  descriptionTemplate: fc.constantFrom(
    null,
    '{$root}',
    '{$..*}{$root.alerts}{$root}',
    `${'x'.repeat(19_900)}{$..k}`,
    `${'\u0001'.repeat(19_900)}{{ msg }}`,
  ),
  mapping: fc.constantFrom<Partial<TicketingConfig>['mapping'][]>(
    {},
    { summary: '$..missing', board: '$root', item: '{$root} {$root}' },
    { description: `${'d'.repeat(3_900)} {$..k}`, board: `${'b'.repeat(3_900)} {$..k}` },
    { summary: `${'s '.repeat(1_900)} {$..k}` },
  ),
  summaryRemove: fc.constantFrom(
    [],
    Array.from({ length: 100 }, (_, at) => `x${at}`),
  ),
  routingRules: fc.constantFrom(
    [],
    [{ path: '$root', pattern: '(a+)+$', overrides: {} }],
    Array.from({ length: 50 }, (_, at) => ({ path: `$..x${at}`, pattern: 'x', overrides: {} })),
    Array.from({ length: 200 }, (_, at) => ({ path: '$..*', pattern: '.', overrides: { board: `B${at}` } })),
  ),
  tenantPaths: fc.constantFrom([], ['$..k', '$.Tenant']),
});

/** 2,000 patterns of a tenant map, alike, so that none can be passed over quickly. */
const tenants = fc
  .constantFrom<((at: number) => string)[]>(
    (at) => `*e${at}*t*`,
    (at) => `${'*t'.repeat(20)}*${at}`,
    (at) => `${'*?t'.repeat(20)}${at}`,
  )
  .map((glob) => Array.from({ length: 2_000 }, (_, at) => ({ tenant: glob(at), companyId: 'C' })));

test('no body of many keys takes more than 250 ms of processor time, however it is split, mapped, routed and named', () => {
  fc.assert(
    fc.property(wideBody, ticketing, tenants, (wide, config, map) => {
      expect(costOf(config, textOf(wide), map)).toBeLessThan(LIMIT_MS);
    }),
    { numRuns: 25, endOnFailure: true },
  );
});

const many = (item: (n: number) => unknown) =>
  JSON.stringify({ alerts: Array.from({ length: 4_900 }, (_, n) => item(n)) });
const SPLIT = { splitPath: '$.alerts[*]' };
const TENANT_GLOBS = Array.from({ length: 2_000 }, (_, at) => ({ tenant: `*tenant*${at}?x*`, companyId: 'C' }));

test.each<[string, Partial<TicketingConfig>, string, string | null]>([
  ['a tenant of a mebibyte', {}, `{"Tenant":"${'tenant '.repeat(140_000)}"}`, null],
  ['4,900 tenants', SPLIT, many((n) => ({ Tenant: `tenant ${n}` })), 'tenants'],
  [
    '200 rules that match each of 4,900 alerts',
    { ...SPLIT, routingRules: Array.from({ length: 200 }, () => ({ path: '$.s', pattern: 's', overrides: {} })) },
    many((n) => ({ s: `s${n}` })),
    '200 routing rules for 4900 alerts',
  ],
  [
    'a long summary for each',
    { ...SPLIT, mapping: { summary: `${'w '.repeat(1_900)}{$.s}` } },
    many((s) => ({ s })),
    'first',
  ],
])('what cannot be decided rightly in time is not decided at all, and says why: %s', (_name, config, text, why) => {
  expect(costOf(config, text, TENANT_GLOBS)).toBeLessThan(LIMIT_MS);
  const plan = aPlan(aBody(text), { ticketing: { otherValues: 'open', ...config }, input: { tenants: TENANT_GLOBS } });
  if (why === null) expect(plan.failure).toBeNull();
  else expect(plan.failure).toContain(why);
  expect(plan.alerts.length).toBe(why === null ? 1 : 0);
});

test.each([
  ['plain', 'x'],
  ['written in six characters each', '\u0001'],
])(
  'a template of 20,000 characters for 4,900 alerts makes no large plan, and every alert is there: %s',
  (_name, letter) => {
    const config: Partial<TicketingConfig> = {
      ...SPLIT,
      otherValues: 'open',
      descriptionTemplate: `${letter.repeat(19_900)}{$.s}`,
    };
    const text = many((n) => ({ s: `s${n}`, title: `Web ${n}`, msg: 'down' }));
    expect(costOf(config, text)).toBeLessThan(LIMIT_MS);
    const { alerts, warnings } = aPlan(aBody(text), { ticketing: config });
    expect(alerts).toHaveLength(4_900);
    expect(JSON.stringify(alerts).length).toBeLessThan(17 * MIB);
    expect(warnings.join()).toMatch(/too large together: from alert \d+ on/);
    expect(alerts[0]?.ticket.description).toHaveLength(19_902);
    expect(alerts[4_899]).toMatchObject({ kind: 'open', name: 'Web 4899', ticket: { summary: 'Alert: Web 4899' } });
    expect(alerts[4_899]?.ticket.description).toMatch(/^Source: Web 4899\nMessage: down\nRequest ID: .*\n… \(cut/);
  },
);

const ITEMS = `{"alerts":[${Array.from({ length: 4_900 }, (_, n) => `{"s":"firing","n":${n},"a":{"b":1,"password":"x"}}`).join(',')}]}`;

test('a body that every one of its 4,900 alerts quotes whole makes no large plan, and the plan says what it left out', () => {
  const config: Partial<TicketingConfig> = { ...SPLIT, otherValues: 'open', descriptionTemplate: '{$root}' };
  expect(costOf(config, ITEMS)).toBeLessThan(LIMIT_MS);
  const plan = aPlan(aBody(ITEMS), { ticketing: config });
  expect(plan.alerts).toHaveLength(4_900);
  expect(JSON.stringify(plan).length).toBeLessThan(17 * MIB);
  expect(plan.warnings.join()).toContain('too large');
});

test('alerts that are named by the whole body fail together, as the last of them could not be named', () => {
  const config = { ...SPLIT, otherValues: 'open', mapping: { board: '$root', summary: '$root.alerts' } } as const;
  expect(costOf(config, ITEMS)).toBeLessThan(LIMIT_MS);
  expect(aPlan(aBody(ITEMS), { ticketing: config })).toMatchObject({
    alerts: [],
    failure: expect.stringMatching(
      /^This webhook is too large for the paths of its endpoint: only the first \d+ of its 4900/,
    ),
  });
});

test('warnings that differ from alert to alert do not pile up', () => {
  const text = many((n) => ({ s: `s${n}`, level: `level ${n} ${'x'.repeat(100)}` }));
  const plan = aPlan(aBody(text), { ticketing: { ...SPLIT, otherValues: 'open', mapping: { severity: '$.level' } } });
  expect(plan.alerts).toHaveLength(4_900);
  expect(plan.warnings).toHaveLength(101);
  expect(plan.warnings.at(-1)).toBe('… and 4800 more warnings.');
});

const HOSTILE_TEXT = `${'a'.repeat(MIB - 100)}b`;

test.each(['(a+)+$', '(a|a)*$', '(.*)*x$', '^(a?){30}a{30}$', '(x+x+)+y'])(
  'the pattern %s on hostile text costs nothing special',
  (pattern) => {
    const rules = Array.from({ length: 20 }, () => ({ path: '$.msg', pattern, overrides: { board: 'B' } }));
    const body = JSON.stringify({ msg: HOSTILE_TEXT });
    expect(costOf({ routingRules: rules }, body)).toBeLessThan(LIMIT_MS);
    expect(anAlert({ msg: HOSTILE_TEXT }, { ticketing: { otherValues: 'open', routingRules: rules } }).kind).toBe(
      'open',
    );
  },
);
