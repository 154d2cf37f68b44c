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
  warnings: string[];
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

/** The longest id of a company; what is longer is none. */
const COMPANY_LIMIT = 100;

const ORDER = ['mapping', 'routing', 'tag', 'tenant-map', 'endpoint', 'environment'] as const;

interface Found {
  companyId: string;
  how: string;
}

/** The company of a ticket: mapped, routed, tagged, by the tenant map, the endpoint's, the environment's. */
export function chooseCompany(input: CompanyInput): CompanyChoice {
  const mappedId = knownId(input.mappedId, 'The mapping', input.warnings);
  const tag = knownId(companyTag(input.tagged), 'The #CW tag', input.warnings);
  const routedId = knownId(input.routedId, 'A routing rule', input.warnings);
  const named = { mappedId, tag, routedId };
  const tenants = tenantsOf(input);
  const customer = mappedId ?? tag ?? tenants[0] ?? null;
  let choice: CompanyChoice | null = null;
  for (const source of ORDER) {
    if (choice !== null && input.trace === undefined) break;
    const found = companyOf(source, input, named, tenants);
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
  named: Readonly<Record<'mappedId' | 'tag' | 'routedId', string | null>>,
  tenants: readonly string[],
): Found | null {
  const { ticketing } = input.endpoint.config;
  switch (source) {
    case 'mapping':
      return found(named.mappedId, 'from the mapping');
    case 'routing':
      return found(named.routedId, 'from a routing rule');
    case 'tag':
      return found(named.tag, 'from the #CW tag');
    case 'tenant-map': {
      const tenant = ticketing.tenantMap ? mapTenant(tenants, input) : null;
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

/** An id that some company may have. */
function knownId(id: string | null, whose: string, warnings: string[]): string | null {
  if (id === null || id.length <= COMPANY_LIMIT) return id;
  warnings.push(
    `${whose} gives a company id longer than ${COMPANY_LIMIT} characters, which no company has; it was left out.`,
  );
  return null;
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

function mapTenant(tenants: readonly string[], { subject, tenants: mappings }: CompanyInput): TenantMapping | null {
  const { allowance } = subject;
  for (const tenant of tenants) {
    const known = allowance.tenants.get(tenant);
    const found = known === undefined ? findTenant(tenant, mappings, allowance) : known;
    allowance.tenants.set(tenant, found);
    if (found !== null) return found;
  }
  return null;
}
