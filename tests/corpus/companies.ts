import type { TicketingConfig } from '../../workflows/contracts/endpoint-config.ts';
import type { CompanySource } from '../../workflows/contracts/plan.ts';
import { opened, type CorpusCase, type CorpusWorld } from './corpus-case.ts';

/** `#CW<ID>` and `#CW-<ID>`: case-sensitive, letters, digits and _, hyphens inside. */
const TAGS: readonly (readonly [name: string, company: string | null])[] = [
  ['Web #CW123', '123'],
  ['Web #CW-123', '123'],
  ['#CWAcme Web', 'Acme'],
  ['Web #CW-Acme', 'Acme'],
  ['Web #CW-Acme-Corp', 'Acme-Corp'],
  ['Web #CW-Acme-Corp-EU down', 'Acme-Corp-EU'],
  ['Web #CW-Acme- down', 'Acme'],
  ['Web #CW-Acme.', 'Acme'],
  ['Web (#CW-Acme)', 'Acme'],
  ['Web #CW-A_b2', 'A_b2'],
  ['Web #CW-Größe', 'Größe'],
  ['Web #CW-One #CW-Two', 'One'],
  ['Web #cw-Acme', null],
  ['Web #Cw-Acme', null],
  ['Web CW-Acme', null],
  ['Web #CW', null],
  ['Web #CW-', null],
  ['Web #CW Acme', null],
];

const TENANTS: CorpusWorld = {
  tenants: [
    { tenant: 'acme.example', companyId: 'ACME' },
    { tenant: '*.example', companyId: 'EXAMPLE' },
    { tenant: 'eu-*', companyId: 'EU' },
    { tenant: 'eu-west-*', companyId: 'WEST' },
    { tenant: 'eu-west-1?', companyId: 'TEENS' },
    { tenant: 'Große Firma', companyId: 'GROSS' },
    { tenant: 'a.b', companyId: 'DOTTED' },
    { tenant: '42', companyId: 'NUMBER' },
  ],
};

const MAPPED: readonly (readonly [why: string, body: unknown, company: string | null])[] = [
  ['the exact name', { Tenant: 'acme.example' }, 'ACME'],
  ['the exact name before a glob', { Tenant: 'ACME.example' }, 'ACME'],
  ['case is ignored', { Tenant: 'Acme.Example' }, 'ACME'],
  ['case is ignored beyond ASCII', { Tenant: 'GROßE FIRMA' }, 'GROSS'],
  ['blanks around it do not count', { Tenant: ' acme.example ' }, 'ACME'],
  ['a glob', { Tenant: 'other.example' }, 'EXAMPLE'],
  ['a glob takes dots too', { Tenant: 'a.b.c.example' }, 'EXAMPLE'],
  ['a glob is for the whole name', { Tenant: 'other.example.org' }, null],
  ['the wider glob', { Tenant: 'eu-north-1' }, 'EU'],
  ['the more specific glob', { Tenant: 'eu-west-2' }, 'WEST'],
  ['the most specific glob', { Tenant: 'eu-west-12' }, 'TEENS'],
  ['? is exactly one character', { Tenant: 'eu-west-123' }, 'WEST'],
  ['a dot in a name is a dot', { Tenant: 'aXb' }, null],
  ['a dot in a name matches itself', { Tenant: 'a.b' }, 'DOTTED'],
  ['a number', { Tenant: 42 }, 'NUMBER'],
  ['an unknown tenant', { Tenant: 'nobody' }, null],
  ['tenant', { tenant: 'acme.example' }, 'ACME'],
  ['TenantId', { TenantId: 'acme.example' }, 'ACME'],
  ['tenantId', { tenantId: 'acme.example' }, 'ACME'],
  ['TENANT is no such name', { TENANT: 'acme.example' }, null],
  ['TaskInfo.Tenant', { TaskInfo: { Tenant: 'acme.example' } }, 'ACME'],
  ['TaskInfo.tenant', { TaskInfo: { tenant: 'acme.example' } }, 'ACME'],
  ['TaskInfo.TenantId', { TaskInfo: { TenantId: 'acme.example' } }, 'ACME'],
  ['TaskInfo.tenantId', { TaskInfo: { tenantId: 'acme.example' } }, 'ACME'],
  ['the top before TaskInfo', { Tenant: 'acme.example', TaskInfo: { Tenant: 'other.example' } }, 'ACME'],
  [
    'Tenant under TaskInfo before tenantId at the top',
    { tenantId: 'other.example', TaskInfo: { Tenant: 'acme.example' } },
    'ACME',
  ],
  ['a blank one is passed over', { Tenant: '', tenant: 'acme.example' }, 'ACME'],
  ['a null one is passed over', { Tenant: null, TaskInfo: { Tenant: 'acme.example' } }, 'ACME'],
  ['0 is passed over', { Tenant: 0, tenant: 'acme.example' }, 'ACME'],
  ['deeper ones are not looked for', { details: { Tenant: 'acme.example' } }, null],
];

type Order = readonly [
  why: string,
  ticketing: Partial<TicketingConfig>,
  body: object,
  id: string | null,
  source: CompanySource,
];

const ALL: Partial<TicketingConfig> = {
  companyId: 'OWN',
  mapping: { customer_id: '$.customer' },
  routingRules: [{ path: '$.vip', pattern: 'true', overrides: { companyId: 'VIP' } }],
};

/** mapped, routed, tag, tenant map, endpoint, environment. */
const ORDER: readonly Order[] = [
  ['the mapped one first', ALL, { customer: 'C', vip: true, name: '#CW-T', Tenant: 'acme.example' }, 'C', 'mapping'],
  ['then the routed one', ALL, { vip: true, name: '#CW-T', Tenant: 'acme.example' }, 'VIP', 'routing'],
  ['then the tag', ALL, { name: '#CW-T', Tenant: 'acme.example' }, 'T', 'tag'],
  ['then the tenant map', ALL, { name: 'x', Tenant: 'acme.example' }, 'ACME', 'tenant-map'],
  ['then the endpoint', ALL, { name: 'x', Tenant: 'nobody' }, 'OWN', 'endpoint'],
  ['a blank mapped one is passed over', ALL, { customer: ' ', name: '#CW-T' }, 'T', 'tag'],
  ['the tenant map may be off', { ...ALL, tenantMap: false }, { Tenant: 'acme.example' }, 'OWN', 'endpoint'],
  ['none at all', {}, { name: 'x' }, null, 'none'],
  ['a blank one of the endpoint is none', { companyId: ' ' }, { name: 'x' }, null, 'none'],
];

const name = (letters: number): string => 'x'.repeat(letters);

/** An id of more than 100 characters is no company's, a tenant of more than 255 no tenant's: each is as if it were not there. */
const LONG: readonly Order[] = [
  ['a mapped id of 100 characters', ALL, { customer: name(100) }, name(100), 'mapping'],
  ['a mapped id of 101 characters', ALL, { customer: name(101), Tenant: 'acme.example' }, 'ACME', 'tenant-map'],
  ['a tag of 101 characters', ALL, { name: `#CW${name(101)}` }, 'OWN', 'endpoint'],
  ['a tenant of 300 characters', ALL, { Tenant: name(300) }, 'OWN', 'endpoint'],
  [
    'a tenant of 300 characters before another',
    ALL,
    { Tenant: name(300), tenantId: 'acme.example' },
    'ACME',
    'tenant-map',
  ],
];

export const COMPANIES: readonly CorpusCase[] = [
  ...TAGS.map(([name, id]) =>
    opened(`tag in “${name}”`, {}, { name }, { company: [id, id === null ? 'none' : 'tag'], customer: id }),
  ),
  ...MAPPED.map(([why, body, id]) =>
    opened(`tenant map: ${why}`, {}, body, { company: [id, id === null ? 'none' : 'tenant-map'] }, { world: TENANTS }),
  ),
  ...[...ORDER, ...LONG].map(([why, ticketing, body, id, source]) =>
    opened(`company: ${why}`, ticketing, body, { company: [id, source] }, { world: TENANTS }),
  ),
  opened(
    'a tag in a mapped summary counts',
    { mapping: { summary: '$.text' } },
    { text: 'Disk #CW-Acme', name: 'x' },
    {
      company: ['Acme', 'tag'],
    },
  ),
  opened('a tag in the message does not', {}, { name: 'x', msg: '#CW-Acme' }, { company: [null, 'none'] }),
  opened(
    'the customer is the tenant as the body names it',
    {},
    { Tenant: 'eu-west-2' },
    { customer: 'eu-west-2' },
    {
      world: TENANTS,
    },
  ),
  opened(
    'paths of the endpoint say where the tenant is',
    { tenantPaths: ['$.org.name'] },
    { org: { name: 'acme.example' }, Tenant: 'eu-x' },
    {
      company: ['ACME', 'tenant-map'],
      customer: 'acme.example',
    },
    { world: TENANTS },
  ),
];
