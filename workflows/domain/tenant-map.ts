import type { Json } from '../contracts/json.ts';
import { isSenderNumber, memberOf } from './sender-number.ts';
import { textOf } from './json-text.ts';

/** A row of the global map: a tenant's name, or a glob with `*` and `?`, and the company it stands for. */
export interface TenantMapping {
  tenant: string;
  companyId: string;
}

interface CompiledTenants {
  exact: ReadonlyMap<string, TenantMapping>;
  globs: readonly { glob: string; mapping: TenantMapping }[];
}

const TENANT_NAMES = ['Tenant', 'tenant', 'TenantId', 'tenantId'] as const;
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

/** A value as the name of a tenant; null for what names none. */
export function tenantText(value: Json | undefined): string | null {
  if (value === undefined || value === null || value === false || value === 0) return null;
  if (typeof value === 'object' && !isSenderNumber(value)) return null;
  const text = textOf(value).trim();
  return text === '' ? null : text;
}

/** The mapping of a tenant: the exact name first, then the most specific glob; case is ignored. */
export function findTenant(tenant: string, mappings: readonly TenantMapping[]): TenantMapping | null {
  const compiled = compileTenants(mappings);
  const wanted = tenant.trim().toLowerCase();
  return compiled.exact.get(wanted) ?? compiled.globs.find(({ glob }) => matchesGlob(wanted, glob))?.mapping ?? null;
}

/** Whether a text matches a glob: `*` any run of characters, `?` one. Everything else stands for itself. */
export function matchesGlob(text: string, glob: string): boolean {
  const [letters, marks] = [Array.from(text), Array.from(glob)];
  let [letter, mark, star, retry] = [0, 0, -1, 0];
  while (letter < letters.length) {
    if (marks[mark] === '*') {
      star = mark;
      retry = letter;
      mark += 1;
    } else if (mark < marks.length && (marks[mark] === '?' || marks[mark] === letters[letter])) {
      letter += 1;
      mark += 1;
    } else if (star >= 0) {
      retry += 1;
      letter = retry;
      mark = star + 1;
    } else return false;
  }
  while (marks[mark] === '*') mark += 1;
  return mark === marks.length;
}

function compileTenants(mappings: readonly TenantMapping[]): CompiledTenants {
  const known = compiledTenants.get(mappings);
  if (known !== undefined) return known;
  const exact = new Map<string, TenantMapping>();
  const globs: { glob: string; mapping: TenantMapping }[] = [];
  for (const mapping of mappings) {
    const name = mapping.tenant.trim().toLowerCase();
    if (name === '' || mapping.companyId.trim() === '') continue;
    if (/[*?]/.test(name)) globs.push({ glob: name, mapping });
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
