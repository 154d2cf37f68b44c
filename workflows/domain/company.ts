import type { CompanySource } from '../contracts/plan.ts';
import { findTenant, tenantText, tenantValues } from './tenant-map.ts';
import type { TenantMapping } from './tenant-map.ts';
import type { CompiledEndpoint } from './compiled-endpoint.ts';
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

/** The company of a ticket: mapped, routed, tagged, by the tenant map, the endpoint's, the environment's. */
export function chooseCompany(input: CompanyInput): CompanyChoice {
  const { ticketing } = input.endpoint.config;
  const tag = companyTag(input.tagged);
  const tenants = tenantsOf(input);
  const customer = input.mappedId ?? tag ?? tenants[0] ?? null;
  const choose = (companyId: string, source: CompanySource, how: string): CompanyChoice => ({
    companyId,
    source,
    customer,
    step: `Company ${companyId} ${how}.`,
  });
  if (input.mappedId !== null) return choose(input.mappedId, 'mapping', 'from the mapping');
  if (input.routedId !== null) return choose(input.routedId, 'routing', 'from a routing rule');
  if (tag !== null) return choose(tag, 'tag', 'from the #CW tag');
  const tenant = ticketing.tenantMap ? mapTenant(tenants, input.tenants) : null;
  if (tenant !== null)
    return choose(tenant.companyId.trim(), 'tenant-map', `from the tenant map, by “${tenant.tenant}”`);
  const own = ticketing.companyId?.trim();
  if (own !== undefined && own !== '') return choose(own, 'endpoint', 'of the endpoint');
  const fallback = input.environmentDefault?.trim();
  if (fallback !== undefined && fallback !== '') return choose(fallback, 'environment', 'of the environment');
  return { companyId: null, source: 'none', customer, step: 'No company.' };
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
