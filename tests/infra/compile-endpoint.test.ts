import { expect, test } from 'vitest';
import { compileEndpoint, validateEndpointExpressions } from '../../infra/compile-endpoint.ts';
import type { MaintenanceWindow } from '../../workflows/contracts/endpoint-config.ts';
import { aConfig } from '../workflows/domain/a-plan.ts';

const NIGHT: MaintenanceWindow = {
  type: 'weekly',
  days: ['Mon'],
  start: '22:00',
  end: '04:00',
  timezone: 'Europe/Berlin',
  policy: 'hold',
};

test('a good configuration has no faults', () => {
  const config = aConfig(
    {
      splitPath: '$.alerts[*]',
      descriptionTemplate: 'T {$.a} {{ msg }}',
      tenantPaths: ['$.org'],
      mapping: {
        summary: '$.monitor.name',
        description: 'Trigger {$.trigger.name} on {$.host}',
        customer_id: '$.tenant',
      },
      routingRules: [
        {
          path: '$.severity',
          pattern: '^critical$',
          overrides: { board: 'NOC', priority: 'P1', companyId: 'ACME', drop: false },
        },
      ],
    },
    { maintenance: [NIGHT] },
  );
  expect(validateEndpointExpressions(config)).toEqual([]);
});

test('every fault is named at its place, all at once', () => {
  const rule = { path: '$.a', pattern: 'x', overrides: {} };
  const config = aConfig(
    {
      triggerField: 'a b',
      splitPath: '$.x[(@.length-1)]',
      descriptionTemplate: '{$.a.b()}',
      mapping: { board: '$.a[?(@.x.match(/a/))]', summary: '$.ok' },
      tenantPaths: ['ok', '$['],
      routingRules: [rule, { ...rule, pattern: '(' }, { ...rule, path: '$..' }],
    },
    { maintenance: [NIGHT, { ...NIGHT, start: '04:00' }, { ...NIGHT, timezone: 'Nowhere' }] },
  );
  expect(validateEndpointExpressions(config).map((fault) => fault.path)).toEqual([
    'ticketing.triggerField',
    'ticketing.splitPath',
    'ticketing.mapping.board',
    'ticketing.descriptionTemplate',
    'ticketing.routingRules.1.pattern',
    'ticketing.routingRules.2.path',
    'ticketing.tenantPaths.1',
    'maintenance.1',
    'maintenance.2',
  ]);
  for (const fault of validateEndpointExpressions(config)) expect(fault.message.length).toBeGreaterThan(10);
});

test('what cannot be read never matches, and compiling never throws', () => {
  const compiled = compileEndpoint(
    aConfig({ triggerField: '', mapping: { board: '$..[' }, routingRules: [{ path: '', pattern: '', overrides: {} }] }),
  );
  expect([compiled.trigger, compiled.rules.length, compiled.faults.length]).toEqual([null, 0, 4]);
});

test('what can be read and will hardly mean what was meant is doubted at its place, and may be saved', () => {
  const config = aConfig({
    triggerField: '@.status',
    mapping: { summary: '$.host-$.port', board: '@.a', item: '$.a | $.b' },
    routingRules: [{ path: '@.x', pattern: 'x', overrides: {} }],
    tenantPaths: ['$.@type', '@type'],
  });
  const { faults, doubts } = compileEndpoint(config);
  expect(faults).toEqual([]);
  expect(doubts.map(({ path }) => path).toSorted()).toEqual([
    'ticketing.mapping.board',
    'ticketing.mapping.item',
    'ticketing.mapping.summary',
    'ticketing.routingRules.0.path',
    'ticketing.triggerField',
  ]);
  expect(doubts.find(({ path }) => path === 'ticketing.triggerField')?.message).toContain('Write $.status');
});

test('a path that several places name is compiled once', () => {
  const rule = { path: '$.a', pattern: 'x', overrides: {} };
  const { rules } = compileEndpoint(aConfig({ routingRules: [rule, rule] }));
  expect(rules[0]?.path).toBe(rules[1]?.path);
});
