import { describe, expect, it } from 'vitest';
import type { Json } from '../../../workflows/contracts/json.ts';
import type { PlanTrace } from '../../../workflows/contracts/plan-trace.ts';
import { planWebhook } from '../../../workflows/domain/plan.ts';
import { beginTrace } from '../../../workflows/domain/plan-trace.ts';
import { aPlanInput, anUptimeKumaBody, type Given } from './a-plan.ts';

function traced(body: Json, given: Given = {}): PlanTrace {
  const trace = beginTrace();
  const input = aPlanInput(body, given);
  const plan = planWebhook({ ...input, trace });
  expect(plan).toEqual(planWebhook(input));
  return trace;
}

function onlyAlert(body: Json, given: Given = {}): PlanTrace['alerts'][number] {
  const [alert, ...others] = traced(body, given).alerts;
  if (alert === undefined || others.length > 0) throw new Error('expected the trace of one alert');
  return alert;
}

describe('the trace of a plan', () => {
  it('tells the trigger as it was read, and where name and message stood', () => {
    expect(onlyAlert(anUptimeKumaBody(0, 'Web'))).toMatchObject({
      n: 0,
      trigger: { path: 'heartbeat.status', value: '0', openValues: ['0'], closeValues: ['1'], kind: 'open' },
      name: { value: 'Web', from: 'monitor.name' },
      message: { from: 'msg' },
      description: 'default',
    });
    expect(onlyAlert({ a: 1 })).toMatchObject({
      trigger: { value: null, kind: 'other' },
      name: { value: 'Unknown Source', from: null },
    });
  });

  it('tells what every path of a mapping gave, and why a mapping is not used', () => {
    const { mapping } = onlyAlert(
      { host: { name: 'db1' }, apiToken: 'hidden', heartbeat: { status: 0 } },
      {
        ticketing: {
          mapping: { summary: '$.host.name on $.site', board: '$.team', customer_id: '$.apiToken' },
        },
      },
    );
    expect(mapping).toEqual([
      {
        field: 'summary',
        paths: [
          { path: '$.host.name', value: 'db1' },
          { path: '$.site', value: null },
        ],
        value: 'db1 on',
        why: null,
      },
      {
        field: 'customer_id',
        paths: [{ path: '$.apiToken', value: '********' }],
        value: null,
        why: expect.stringContaining('secret'),
      },
      {
        field: 'board',
        paths: [{ path: '$.team', value: null }],
        value: null,
        why: expect.stringContaining('finds'),
      },
    ]);
  });

  it('tells each rule in order: what it looked at, what it set and what stood there before', () => {
    const alert = onlyAlert(
      { severity: 'critical', team: 'Linux', heartbeat: { status: 0 } },
      {
        ticketing: {
          board: 'Own',
          priority: 'P3',
          mapping: { board: '$.team' },
          routingRules: [
            { path: '$.severity', pattern: 'crit', overrides: { board: 'NOC' } },
            { path: '$.nothing', pattern: '.*', overrides: { board: 'Never' } },
            { path: '$.severity', pattern: '^critical$', overrides: { board: 'Night', priority: 'P1', drop: true } },
          ],
        },
      },
    );
    expect(alert.rules).toEqual([
      {
        index: 0,
        path: '$.severity',
        pattern: 'crit',
        value: 'critical',
        matched: true,
        drops: false,
        overrides: [{ field: 'board', value: 'NOC', before: 'Linux' }],
      },
      { index: 1, path: '$.nothing', pattern: '.*', value: null, matched: false, drops: false, overrides: [] },
      {
        index: 2,
        path: '$.severity',
        pattern: '^critical$',
        value: 'critical',
        matched: true,
        drops: true,
        overrides: [
          { field: 'board', value: 'Night', before: 'NOC' },
          { field: 'priority', value: 'P1', before: 'P3' },
        ],
      },
    ]);
    expect(alert.droppedBy).toBe('^critical$');
    expect(alert.fields.find(({ field }) => field === 'board')).toEqual({
      field: 'board',
      value: 'Night',
      from: 'rule',
      unused: [
        { from: 'mapping', value: 'Linux' },
        { from: 'endpoint', value: 'Own' },
      ],
    });
  });

  it('tells every place a company was looked for, also behind the one that decided', () => {
    const { company } = onlyAlert(
      { monitor: 'Fire #CW-Acme', Tenant: 'contoso', heartbeat: { status: 0 } },
      {
        ticketing: { companyId: 'OWN' },
        input: {
          tenants: [{ tenant: 'con*', companyId: 'CONTOSO' }],
          environment: { ticketPrefix: '', defaultCompanyId: null },
        },
      },
    );
    expect(company.order.map(({ source, companyId }) => [source, companyId])).toEqual([
      ['mapping', null],
      ['routing', null],
      ['tag', 'Acme'],
      ['tenant-map', 'CONTOSO'],
      ['endpoint', 'OWN'],
      ['environment', null],
    ]);
    expect(company).toMatchObject({ source: 'tag', customer: 'Acme' });
  });

  it('tells how the summary was made: prefix, removals, and the whole text before the cut', () => {
    const { summary } = onlyAlert(
      { monitor: `${'long '.repeat(40)}[tmp]`, heartbeat: { status: 0 } },
      { ticketing: { summaryPrefix: 'Night:', summaryRemove: ['[tmp]', 'absent'] } },
    );
    expect(summary).toMatchObject({ prefix: 'Night:', prefixFrom: 'endpoint', removed: ['[tmp]'], isCut: true });
    expect(summary.whole).toBe(`Night: ${'long '.repeat(40).trim()}`);
  });

  it('tells all windows and the one that decides: a window that holds wins over one that skips', () => {
    const daily = { type: 'daily', start: '00:00', end: '23:59', timezone: 'UTC' } as const;
    const trace = traced(
      { heartbeat: { status: 0 } },
      {
        endpoint: { maintenance: [{ ...daily, policy: 'skip' }] },
        input: {
          maintenance: {
            globalMode: false,
            globalPolicy: 'skip',
            windows: [
              { ...daily, end: '00:01', policy: 'hold' },
              { ...daily, policy: 'hold' },
            ],
          },
        },
      },
    );
    expect(trace.windows.map(({ scope, isActive, decides }) => [scope, isActive, decides])).toEqual([
      ['endpoint', true, false],
      ['global', false, false],
      ['global', true, true],
    ]);
  });

  it('tells the split and at most twenty alerts, and names what is masked without showing it', () => {
    const alerts = Array.from({ length: 30 }, (_, index) => ({ name: `a${index}`, 'auth-token': 'hidden' }));
    const trace = traced({ alerts, password: 'hidden' }, { ticketing: { splitPath: '$.alerts[*]' } });
    expect(trace.split).toEqual({ path: '$.alerts[*]', found: 30 });
    expect(trace.alerts).toHaveLength(20);
    expect(trace.masked).toContain('$.password');
    expect(trace.masked).toContain('$.alerts[3]["auth-token"]');
    expect(JSON.stringify(trace)).not.toContain('hidden');
    expect(traced({ a: 1 }, { ticketing: { splitPath: '$.alerts[*]' } }).split).toEqual({
      path: '$.alerts[*]',
      found: 0,
    });
  });
});
