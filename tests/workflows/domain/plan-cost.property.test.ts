import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TicketingConfig } from '../../../workflows/contracts/endpoint-config.ts';
import { planWebhook } from '../../../workflows/domain/plan.ts';
import { leastCpuMs } from '../../support/cpu-time.ts';
import { aBody, aPlan, aPlanInput, anAlert } from './a-plan.ts';

const LIMIT_MS = 250;
const MIB = 1_048_576;

function costOf(ticketing: Partial<TicketingConfig>, text: string): number {
  const input = aPlanInput(null, { ticketing: { otherValues: 'open', ...ticketing } });
  return leastCpuMs(() => planWebhook({ ...input, body: aBody(text) }));
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
  descriptionTemplate: fc.constantFrom(null, '{$root}', '{$..*}{$root.alerts}{$root}'),
  mapping: fc.constantFrom({}, { summary: '$..missing', board: '$root', item: '{$root} {$root}' }),
  routingRules: fc.constantFrom(
    [],
    [{ path: '$root', pattern: '(a+)+$', overrides: {} }],
    Array.from({ length: 50 }, (_, at) => ({ path: `$..x${at}`, pattern: 'x', overrides: {} })),
  ),
});

test('no body of many keys takes more than 250 ms of processor time, however it is split, mapped and routed', () => {
  fc.assert(
    fc.property(wideBody, ticketing, (wide, config) => {
      expect(costOf(config, textOf(wide))).toBeLessThan(LIMIT_MS);
    }),
    { numRuns: 25, endOnFailure: true },
  );
});

const ITEMS = `{"alerts":[${Array.from({ length: 4_900 }, (_, n) => `{"s":"firing","n":${n},"a":{"b":1,"password":"x"}}`).join(',')}]}`;

test('a body that every one of its 4,900 alerts quotes whole makes no large plan, and the plan says what it left out', () => {
  const config: Partial<TicketingConfig> = {
    otherValues: 'open',
    splitPath: '$.alerts[*]',
    descriptionTemplate: '{$root}',
    mapping: { board: '$root', summary: '$root.alerts' },
  };
  expect(costOf(config, ITEMS)).toBeLessThan(LIMIT_MS);
  const plan = aPlan(aBody(ITEMS), { ticketing: config });
  expect(plan.alerts).toHaveLength(4_900);
  expect(JSON.stringify(plan).length).toBeLessThan(20 * MIB);
  expect(plan.warnings.join()).toContain('too large');
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
