import { describe, expect, test } from 'vitest';
import type { TicketingConfig } from '../../../workflows/contracts/endpoint-config.ts';
import type { Json } from '../../../workflows/contracts/json.ts';
import { companyTag } from '../../../workflows/domain/company.ts';
import { compileGlob } from '../../../workflows/domain/tenant-glob.ts';
import { findTenant } from '../../../workflows/domain/tenant-map.ts';
import { leastCpuMs } from '../../support/cpu-time.ts';
import { anAlert, aPlan } from './a-plan.ts';

const plenty = () => ({ globs: Infinity });

const TENANTS = [
  { tenant: 'contoso.example', companyId: 'CONTOSO' },
  { tenant: '*', companyId: 'ANY' },
  { tenant: '*.example', companyId: 'EXAMPLE' },
  { tenant: 'north-*.example', companyId: 'NORTH' },
  { tenant: 'north-??.example', companyId: 'NORTH2' },
];

function company(body: Json, ticketing: Partial<TicketingConfig> = {}, tenants = TENANTS): string {
  const { ticket, companySource, customer } = anAlert(body, {
    ticketing,
    input: { tenants, environment: { ticketPrefix: 'Alert:', defaultCompanyId: 'ENV' } },
  });
  return `${ticket.companyId} ${companySource} ${customer}`;
}

const RULE = { path: '$.sev', pattern: 'x', overrides: { companyId: 'ROUTED' } };

describe('company order', () => {
  const all = { title: 'T #CW-Tag', customer: 'Mapped', Tenant: 'contoso.example', sev: 'x' };
  const ticketing = { companyId: 'OWN', mapping: { customer_id: '$.customer' }, routingRules: [RULE] };

  test.each<[string, Json, Partial<TicketingConfig>, string]>([
    ['mapped first', all, ticketing, 'Mapped mapping Mapped'],
    ['then routed, which is not what the body names', { ...all, customer: ' ' }, ticketing, 'ROUTED routing Tag'],
    ['then the tag', { ...all, customer: null, sev: 'y' }, ticketing, 'Tag tag Tag'],
    ['then the tenant map', { Tenant: 'contoso.example' }, ticketing, 'CONTOSO tenant-map contoso.example'],
    [
      'then the endpoint',
      { Tenant: 'contoso.example' },
      { ...ticketing, tenantMap: false },
      'OWN endpoint contoso.example',
    ],
    ['then the environment', {}, {}, 'ENV environment null'],
  ])('%s', (_name, body, config, expected) => expect(company(body, config)).toBe(expected));

  test('with none there is no company', () => {
    expect(anAlert({}).ticket.companyId).toBeNull();
    expect(anAlert({}).companySource).toBe('none');
  });
});

describe('tag', () => {
  test.each([
    ['#CWAcme', 'Acme'],
    ['#CW-Acme', 'Acme'],
    ['#CW-Acme-Corp down', 'Acme-Corp'],
    ['#CW-Acme- x', 'Acme'],
    ['x#CW-Größe_1.', 'Größe_1'],
    ['#cw-Acme', null],
    ['#CW', null],
    ['#CW--x', null],
    ['#CW Acme', null],
    ['#CW-a #CW-b', 'a'],
  ])('in %s is %s', (text, id) => expect(companyTag([text])).toBe(id));

  test('a mapped summary is looked into after the name; the tag stays in the summary', () => {
    const alert = anAlert({ title: 'T', s: 'Disk #CW-Beta' }, { ticketing: { mapping: { summary: '$.s' } } });
    expect([alert.ticket.companyId, alert.ticket.summary]).toEqual(['Beta', 'Alert: Disk #CW-Beta']);
    expect(
      anAlert({ title: 'T #CW-Alpha', s: 'Disk #CW-Beta' }, { ticketing: { mapping: { summary: '$.s' } } }).ticket
        .companyId,
    ).toBe('Alpha');
  });
});

describe('tenant', () => {
  test.each<[Json, string]>([
    [{ Tenant: 'CONTOSO.Example' }, 'CONTOSO'],
    [{ tenant: 'contoso.example' }, 'CONTOSO'],
    [{ TenantId: 'contoso.example' }, 'CONTOSO'],
    [{ tenantId: 'contoso.example' }, 'CONTOSO'],
    [{ TaskInfo: { tenantId: 'contoso.example' } }, 'CONTOSO'],
    [{ TaskInfo: { Tenant: 'contoso.example' }, tenant: 'a.example' }, 'CONTOSO'],
    [{ Tenant: 'contoso.example', TaskInfo: { Tenant: 'a.example' } }, 'CONTOSO'],
    [{ Tenant: '', tenant: null, TenantId: 0, tenantId: 'contoso.example' }, 'CONTOSO'],
    [{ Tenant: { name: 'x' }, tenantId: 'contoso.example' }, 'CONTOSO'],
    [{ Tenant: 'a.example' }, 'EXAMPLE'],
    [{ Tenant: 'north-1.example' }, 'NORTH'],
    [{ Tenant: 'NORTH-12.example' }, 'NORTH2'],
    [{ Tenant: 'else' }, 'ANY'],
    [{ Tenant: ' contoso.example ' }, 'CONTOSO'],
    [{ Tenant: 42 }, 'ANY'],
  ])('of %j is %s, whatever the order of rows', (body, expected) => {
    for (const tenants of [TENANTS, TENANTS.toReversed()])
      expect(anAlert(body, { input: { tenants } }).ticket.companyId).toBe(expected);
  });

  test('a first name the map does not know leaves the next ones their turn', () => {
    expect(
      company({ Tenant: 'unknown', tenantId: 'contoso.example' }, {}, [{ tenant: 'contoso.example', companyId: 'C' }]),
    ).toBe('C tenant-map unknown');
  });

  test('paths of the endpoint stand for the usual names', () => {
    const ticketing = { tenantPaths: ['$.org.id', '$.org.name'] };
    expect(company({ Tenant: 'contoso.example', org: { name: 'a.example' } }, ticketing)).toBe(
      'EXAMPLE tenant-map a.example',
    );
  });

  test('brackets and dots in a glob stand for themselves', () => {
    expect(findTenant('abc', [{ tenant: 'a[bx]c*', companyId: 'X' }], plenty())).toBeNull();
    expect(findTenant('aXb', [{ tenant: 'a.b*', companyId: 'X' }], plenty())).toBeNull();
  });

  test.each([
    ['abc', 'a*c', true],
    ['abc', 'a?c', true],
    ['ac', 'a?c', false],
    ['', '*', true],
    ['😀', '?', true],
    ['aXbXc', 'a*b*c', true],
    ['aXbXcd', 'a*b*c', false],
    ['abc', '***c', true],
    ['abab', 'ab*ab', true],
    ['aba', 'ab*ba', false],
    ['xay', '*a*', true],
    ['xay', '*b*', false],
    ['aXXbc', 'a*?bc', true],
    ['abc', 'a*?bc', false],
    ['abc', 'abc?', false],
  ])('%s against %s: %s', (text, glob, expected) => {
    expect(compileGlob(glob)(text, plenty())).toBe(expected);
  });

  test.each([`${'a*'.repeat(100)}b`, `${'a*'.repeat(100)}?b`])('the glob %s of many stars is not slow', (glob) => {
    const matches = compileGlob(glob);
    expect(leastCpuMs(() => expect(matches('a'.repeat(5_000), plenty())).toBe(false))).toBeLessThan(250);
  });
});

describe('a name that is too long', () => {
  test('a tenant of more than 255 characters names none, and the next one has its turn', () => {
    const tenants = [{ tenant: '*', companyId: 'ANY' }];
    expect(company({ Tenant: 'x'.repeat(255) }, {}, tenants)).toBe(`ANY tenant-map ${'x'.repeat(255)}`);
    expect(company({ Tenant: 'x'.repeat(256), tenantId: 'y' }, {}, tenants)).toBe('ANY tenant-map y');
    expect(company({ Tenant: 'x'.repeat(256) }, {}, tenants)).toBe('ENV environment null');
  });

  test.each<[string, Json, Partial<TicketingConfig>]>([
    ['mapped', { id: 'x'.repeat(101) }, { mapping: { customer_id: '$.id' } }],
    ['tagged', { title: `#CW${'x'.repeat(101)}` }, {}],
    [
      'routed',
      { sev: 'x' },
      { routingRules: [{ path: '$.sev', pattern: 'x', overrides: { companyId: 'x'.repeat(101) } }] },
    ],
  ])('a company id of more than 100 characters is left out with a warning: %s', (_name, body, ticketing) => {
    const plan = aPlan(body, { ticketing: { companyId: 'OWN', ...ticketing } });
    expect(plan.alerts[0]).toMatchObject({ companySource: 'endpoint', customer: null, ticket: { companyId: 'OWN' } });
    expect(plan.warnings.join()).toContain('longer than 100 characters');
    const fits = JSON.parse(JSON.stringify({ body, ticketing }).replace(/x{101}/, 'x'.repeat(100)));
    const { alerts, warnings } = aPlan(fits.body, { ticketing: { companyId: 'OWN', ...fits.ticketing } });
    expect(alerts[0]?.ticket.companyId).toBe('x'.repeat(100));
    expect(warnings).toEqual([]);
  });
});
