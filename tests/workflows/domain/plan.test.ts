import { expect, test } from 'vitest';
import { compileEndpoint } from '../../../infra/compile-endpoint.ts';
import type { Json } from '../../../workflows/contracts/json.ts';
import { planWebhook } from '../../../workflows/domain/plan.ts';
import { aBody, aConfig, aPlan, aPlanInput, anUptimeKumaBody } from './a-plan.ts';

test('an Uptime Kuma body that goes down opens its incident, and closes the same one when it is up', () => {
  const [down] = aPlan(anUptimeKumaBody(0)).alerts;
  const [up] = aPlan(anUptimeKumaBody(1)).alerts;
  expect(down).toMatchObject({
    n: 0,
    kind: 'open',
    disposition: 'incident',
    name: 'Mail server',
    triggerValue: '0',
    customer: null,
    companySource: 'none',
  });
  expect(down?.ticket).toMatchObject({ summary: 'Alert: Mail server', board: null });
  expect(up).toMatchObject({ kind: 'close', disposition: 'incident', incidentKey: down?.incidentKey });
  expect(down?.ticket.description).not.toMatch(/hunter2|push-me/);
});

test('the plan names its configuration version and explains itself step by step', () => {
  const plan = aPlan(anUptimeKumaBody(0, 'Mail #CW-ACME'), {
    ticketing: {
      mapping: { priority: '$.monitor.type' },
      routingRules: [{ path: '$.msg', pattern: 'refused', overrides: { board: 'NOC' } }],
    },
  });
  expect(plan.configVersion).toBe(7);
  expect(plan.steps).toEqual([
    'Trigger heartbeat.status is “0”: open.',
    'mapping.priority from $.monitor.type: “http”.',
    'Rule 1 matched: $.msg is “[Mail #CW-ACME] [🔴 Down] connect ECONNREFUSED 10.0.0.5:443”, pattern refused.',
    'Summary: “Alert: Mail #CW-ACME”.',
    'Company ACME from the #CW tag.',
    'Goes to its incident.',
  ]);
});

test('a kept configuration with expressions that can no longer be read still plans, and says what is wrong', () => {
  const config = aConfig({
    triggerField: '$.[',
    mapping: { board: '$.x(', summary: '$.s' },
    routingRules: [{ path: '$.a', pattern: '(', overrides: { drop: true } }],
    splitPath: '$[(@.length)]',
    otherValues: 'open',
  });
  const input = aPlanInput({ s: 'sum', a: 'x' });
  const plan = planWebhook({ ...input, endpoint: { ...input.endpoint, compiled: compileEndpoint(config) } });
  expect(plan.alerts[0]).toMatchObject({
    kind: 'open',
    disposition: 'incident',
    ticket: { summary: 'Alert: sum', board: null },
  });
  expect(plan.warnings.map((warning) => warning.split(':')[0])).toEqual([
    'ticketing.triggerField',
    'ticketing.splitPath',
    'ticketing.mapping.board',
    'ticketing.routingRules.0.pattern',
  ]);
});

test('a body that asks for more looking than a plan may do says so and ends', () => {
  let wide: Json = {};
  for (let depth = 0; depth < 50; depth += 1) wide = { down: wide, list: Array(60).fill({ v: depth }) };
  const plan = aPlan(wide, { ticketing: { mapping: { summary: '$..*..*..*..nope' } } });
  expect(plan.alerts[0]?.ticket.summary).toBe('Alert: Unknown Source');
  expect(plan.warnings.at(-1)).toContain('too large');
});

test('bodies that are no objects are planned', () => {
  for (const text of ['[]', '[1]', '"text"', '5', 'null', 'true', '12345678901234567890'])
    expect(aPlan(aBody(text)).alerts).toHaveLength(1);
});

test('extra secret words are masked in everything that is planned', () => {
  const plan = aPlan(
    { title: 'T', pin: '1234-x', msg: { pin: '1234-x' } },
    {
      input: { secretWords: ['pin'] },
      ticketing: {
        mapping: { summary: 'a $.pin' },
        triggerField: 'pin',
        routingRules: [{ path: 'pin', pattern: '12', overrides: {} }],
      },
    },
  );
  expect(JSON.stringify(plan)).not.toContain('1234-x');
});
