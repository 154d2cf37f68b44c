import type { Json } from '../contracts/json.ts';
import { isSenderNumber, memberOf } from './sender-number.ts';
import { textOf } from './json-text.ts';
import { compileGlob, type GlobTest } from './tenant-glob.ts';

/** A row of the global map: a tenant's name, or a glob with `*` and `?`, and the company it stands for. */
export interface TenantMapping {
  tenant: string;
  companyId: string;
}

interface CompiledTenants {
  exact: ReadonlyMap<string, TenantMapping>;
  globs: readonly { glob: string; matches: GlobTest; mapping: TenantMapping }[];
}

const TENANT_NAMES = ['Tenant', 'tenant', 'TenantId', 'tenantId'] as const;
/** The longest name of a tenant the map can hold; what is longer names none. */
export const TENANT_LIMIT = 255;
/** A text that is much longer is not even trimmed. */
const LONGEST_READ = 1_000;
const compiledTenants = new WeakMap<readonly TenantMapping[], CompiledTenants>();

/** The tenants a body names, in the order they are tried: each name at the top, then under `TaskInfo`. Blank, 0 and false are passed over. */
export function tenantValues(item: Json): string[] {
  const info = memberOf(item, 'TaskInfo');
  const values: string[] = [];
  for (const name of TENANT_NAMES) {
    for (const holder of [item, info]) {
      const text = tenantText(memberOf(holder, name));
      if (text !== null && !values.includes(text)) values.push(text);
    }
  }
  return values;
}

/** A value as the name of a tenant; null for what names none, and for what is longer than any tenant's name. */
export function tenantText(value: Json | undefined): string | null {
  if (value === undefined || value === null || value === false || value === 0) return null;
  if (typeof value === 'object' && !isSenderNumber(value)) return null;
  const whole = textOf(value);
  if (whole.length > LONGEST_READ) return null;
  const text = whole.trim();
  return text === '' || text.length > TENANT_LIMIT ? null : text;
}

/**
 * The mapping of a tenant: the exact name first, then the most specific glob; case is ignored. Each glob tried is taken off the
 * allowance; where that is used up, null is no answer.
 */
export function findTenant(
  tenant: string,
  mappings: readonly TenantMapping[],
  allowance: { globs: number },
): TenantMapping | null {
  const compiled = compileTenants(mappings);
  const wanted = tenant.trim().toLowerCase();
  const exact = compiled.exact.get(wanted);
  if (exact !== undefined) return exact;
  for (const { matches, mapping } of compiled.globs) {
    if (allowance.globs < 0) return null;
    if (matches(wanted, allowance)) return mapping;
  }
  return null;
}

function compileTenants(mappings: readonly TenantMapping[]): CompiledTenants {
  const known = compiledTenants.get(mappings);
  if (known !== undefined) return known;
  const exact = new Map<string, TenantMapping>();
  const globs: { glob: string; matches: GlobTest; mapping: TenantMapping }[] = [];
  for (const mapping of mappings) {
    const name = mapping.tenant.trim().toLowerCase();
    if (name === '' || mapping.companyId.trim() === '') continue;
    if (/[*?]/.test(name)) globs.push({ glob: name, matches: compileGlob(name), mapping });
    else if (!exact.has(name)) exact.set(name, mapping);
  }
  globs.sort((a, b) => bySpecificity(a.glob, b.glob));
  const compiled = { exact, globs };
  compiledTenants.set(mappings, compiled);
  return compiled;
}

/** More plain characters first, then fewer stars, then fewer question marks, then by text, so that the order of rows never decides. */
function bySpecificity(a: string, b: string): number {
  const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return (
    count(b, /[^*?]/gu) - count(a, /[^*?]/gu) ||
    count(a, /\*/g) - count(b, /\*/g) ||
    count(a, /\?/g) - count(b, /\?/g) ||
    (a < b ? -1 : a > b ? 1 : 0)
  );
}
