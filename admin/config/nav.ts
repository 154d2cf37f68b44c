import { roleIncludes, type Role } from '../../infra/auth/roles.ts';

/**
 * The pages of the console, in the order shown; `key` follows `g` on the keyboard; `role` says for whom it is, `ofCompany`
 * whether it is also for whoever is limited to a company.
 */
export const NAV = [
  { href: '/', label: 'Overview', icon: 'overview', key: 'o', role: 'viewer', ofCompany: true },
  { href: '/live', label: 'Live', icon: 'live', key: 'l', role: 'viewer', ofCompany: false },
  { href: '/endpoints', label: 'Endpoints', icon: 'endpoints', key: 'e', role: 'viewer', ofCompany: true },
  { href: '/incidents', label: 'Incidents', icon: 'incidents', key: 'i', role: 'viewer', ofCompany: true },
  { href: '/tickets', label: 'Tickets', icon: 'tickets', key: 't', role: 'viewer', ofCompany: true },
  { href: '/history', label: 'History', icon: 'history', key: 'h', role: 'viewer', ofCompany: true },
  { href: '/heartbeats', label: 'Heartbeats', icon: 'heartbeats', key: 'b', role: 'viewer', ofCompany: true },
  { href: '/maintenance', label: 'Maintenance', icon: 'maintenance', key: 'm', role: 'viewer', ofCompany: false },
  { href: '/tenants', label: 'Tenant map', icon: 'tenants', key: 'n', role: 'viewer', ofCompany: false },
  { href: '/workflows', label: 'Workflows', icon: 'workflows', key: 'w', role: 'viewer', ofCompany: false },
  { href: '/audit', label: 'Audit', icon: 'audit', key: 'a', role: 'operator', ofCompany: false },
  { href: '/settings', label: 'Settings', icon: 'settings', key: 's', role: 'viewer', ofCompany: true },
  { href: '/reference', label: 'REST', icon: 'reference', key: 'r', role: 'viewer', ofCompany: true },
] as const;

/** Pages below those that are not for everybody who may open the one above. */
const INNER = [
  { href: '/endpoints/new', label: 'New endpoint', role: 'admin', ofCompany: false },
  { href: '/endpoints/[id]/edit', label: 'The configuration of endpoints', role: 'admin', ofCompany: false },
  { href: '/endpoints/[id]/versions', label: 'Versions of endpoints', role: 'viewer', ofCompany: false },
  { href: '/history/replays', label: 'Replays', role: 'viewer', ofCompany: false },
  { href: '/settings/connections', label: 'Connections', role: 'viewer', ofCompany: false },
  { href: '/settings/transfer', label: 'Export and import', role: 'admin', ofCompany: false },
  { href: '/settings/keys', label: 'API keys', role: 'admin', ofCompany: false },
  { href: '/settings/people', label: 'People', role: 'admin', ofCompany: false },
  { href: '/settings/account', label: 'My account', role: 'viewer', ofCompany: true },
] as const;

const PAGES = [...NAV, ...INNER];

export type NavIcon = (typeof NAV)[number]['icon'];
export type NavEntry = (typeof NAV)[number];
export type PagePath = (typeof PAGES)[number]['href'];

/** What decides which pages somebody may open. */
export interface Opener {
  role: Role;
  company: string | null;
}

export function mayOpen({ role, company }: Opener, page: PagePath): boolean {
  const found = PAGES.find(({ href }) => href === page);
  return found !== undefined && roleIncludes(role, found.role) && (company === null || found.ofCompany);
}

/** The entries of the navigation that somebody may open. */
export function navOf(opener: Opener): readonly NavEntry[] {
  return NAV.filter(({ href }) => mayOpen(opener, href));
}

/** The page to which an address belongs, with the words for it; null where it is none of those named here. */
export function pageAt(address: string): (typeof PAGES)[number] | null {
  const steps = address.split('?')[0]?.split('/') ?? [];
  const isIt = (href: string) => {
    const parts = href.split('/');
    return parts.length === steps.length && parts.every((part, n) => part === steps[n] || part.startsWith('['));
  };
  return PAGES.find(({ href }) => href === steps.join('/')) ?? PAGES.find(({ href }) => isIt(href)) ?? null;
}

/** Whether the page at `path` belongs to the entry `href`. */
export function isCurrent(href: string, path: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}

/** Every key of the console for somebody, as the help lists them. */
export function keysOf(opener: Opener) {
  return [
    { keys: ['Ctrl', 'K'], what: 'Commands: pages, endpoints, incidents' },
    { keys: ['/'], what: 'To the search of this page' },
    { keys: ['?'], what: 'This list' },
    { keys: ['Esc'], what: 'Close what is open, leave a field' },
    ...navOf(opener).map(({ key, label }) => ({ keys: ['g', key], what: label })),
  ];
}
