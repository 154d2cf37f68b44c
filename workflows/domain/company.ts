import type { CompanyTrace } from '../contracts/plan-trace.ts';
import type { CompanySource } from '../contracts/plan.ts';
import { findTenant, tenantText, tenantValues } from './tenant-map.ts';
import type { TenantMapping } from './tenant-map.ts';
import type { CompiledEndpoint } from './compiled-endpoint.ts';
import { cutUnits } from './json-text.ts';
import { MASK } from './redaction.ts';
import type { Subject } from './subject.ts';

export interface CompanyChoice {
  companyId: string | null;
  source: CompanySource;
  /** The customer as the body names it: mapped id, tag, or the first tenant; before the tenant map. */
  customer: string | null;
  step: string;
}

export interface CompanyInput {
  subject: Subject;
  endpoint: CompiledEndpoint;
  mappedId: string | null;
  routedId: string | null;
  /** Where a tag is looked for, in this order. */
  tagged: readonly string[];
  tenants: readonly TenantMapping[];
  environmentDefault: string | null;
  /** Told of every place looked at, also behind the one that decides. */
  trace?: CompanyTrace[] | undefined;
}

const TAG = /#CW-?([\p{L}\p{N}_]+(?:-[\p{L}\p{N}_]+)*)/u;

/** The company id of a tag such as `#CWAcme` or `#CW-Acme-Corp`; `#CW` is case-sensitive. */
export function companyTag(texts: readonly string[]): string | null {
  for (const text of texts) {
    const id = TAG.exec(text)?.[1];
    if (id !== undefined) return id;
  }
  return null;
}

const ORDER = ['mapping', 'routing', 'tag', 'tenant-map', 'endpoint', 'environment'] as const;

interface Found {
  companyId: string;
  how: string;
}

/** The company of a ticket: mapped, routed, tagged, by the tenant map, the endpoint's, the environment's. */
export function chooseCompany(input: CompanyInput): CompanyChoice {
  const tag = companyTag(input.tagged);
  const tenants = tenantsOf(input);
  const customer = input.mappedId ?? tag ?? tenants[0] ?? null;
  let choice: CompanyChoice | null = null;
  for (const source of ORDER) {
    if (choice !== null && input.trace === undefined) break;
    const found = companyOf(source, input, tag, tenants);
    input.trace?.push({
      source,
      companyId: found?.companyId ?? null,
      how: found?.how ?? nothing(source, input, tenants),
    });
    if (choice === null && found !== null)
      choice = { companyId: found.companyId, source, customer, step: `Company ${found.companyId} ${found.how}.` };
  }
  return choice ?? { companyId: null, source: 'none', customer, step: 'No company.' };
}

function companyOf(
  source: (typeof ORDER)[number],
  input: CompanyInput,
  tag: string | null,
  tenants: readonly string[],
): Found | null {
  const { ticketing } = input.endpoint.config;
  switch (source) {
    case 'mapping':
      return found(input.mappedId, 'from the mapping');
    case 'routing':
      return found(input.routedId, 'from a routing rule');
    case 'tag':
      return found(tag, 'from the #CW tag');
    case 'tenant-map': {
      const tenant = ticketing.tenantMap ? mapTenant(tenants, input.tenants) : null;
      return tenant && found(tenant.companyId.trim(), `from the tenant map, by “${tenant.tenant}”`);
    }
    case 'endpoint':
      return found(ticketing.companyId?.trim() || null, 'of the endpoint');
    case 'environment':
      return found(input.environmentDefault?.trim() || null, 'of the environment');
  }
}

function found(companyId: string | null, how: string): Found | null {
  return companyId === null ? null : { companyId, how };
}

function nothing(source: (typeof ORDER)[number], input: CompanyInput, tenants: readonly string[]): string {
  if (source !== 'tenant-map') return 'nothing';
  if (!input.endpoint.config.ticketing.tenantMap) return 'switched off for the endpoint';
  return tenants.length === 0
    ? 'the body names no tenant'
    : `no mapping for ${tenants.map((name) => `“${cutUnits(name, 200)}”`).join(', ')}`;
}

function tenantsOf(input: CompanyInput): string[] {
  const { endpoint, subject } = input;
  if (endpoint.tenantPaths.length === 0) return subject.isSecret ? [] : tenantValues(subject.item);
  return endpoint.tenantPaths.flatMap((path) => {
    const match = subject.find(path);
    const text = match === null ? null : tenantText(match.value);
    return match === null || text === null || subject.shownText(match) === MASK ? [] : [text];
  });
}

function mapTenant(tenants: readonly string[], mappings: readonly TenantMapping[]): TenantMapping | null {
  for (const tenant of tenants) {
    const found = findTenant(tenant, mappings);
    if (found !== null) return found;
  }
  return null;
}
