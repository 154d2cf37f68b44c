/** The pages of the console, in the order shown; `key` follows `g` on the keyboard; `role` says for whom it is. */
export const NAV = [
  { href: '/', label: 'Overview', icon: 'overview', key: 'o', role: 'viewer' },
  { href: '/live', label: 'Live', icon: 'live', key: 'l', role: 'viewer' },
  { href: '/endpoints', label: 'Endpoints', icon: 'endpoints', key: 'e', role: 'viewer' },
  { href: '/incidents', label: 'Incidents', icon: 'incidents', key: 'i', role: 'viewer' },
  { href: '/tickets', label: 'Tickets', icon: 'tickets', key: 't', role: 'viewer' },
  { href: '/history', label: 'History', icon: 'history', key: 'h', role: 'viewer' },
  { href: '/heartbeats', label: 'Heartbeats', icon: 'heartbeats', key: 'b', role: 'viewer' },
  { href: '/maintenance', label: 'Maintenance', icon: 'maintenance', key: 'm', role: 'viewer' },
  { href: '/tenants', label: 'Tenant map', icon: 'tenants', key: 'n', role: 'viewer' },
  { href: '/workflows', label: 'Workflows', icon: 'workflows', key: 'w', role: 'viewer' },
  { href: '/audit', label: 'Audit', icon: 'audit', key: 'a', role: 'operator' },
  { href: '/settings', label: 'Settings', icon: 'settings', key: 's', role: 'viewer' },
  { href: '/reference', label: 'REST', icon: 'reference', key: 'r', role: 'viewer' },
] as const;

export type NavIcon = (typeof NAV)[number]['icon'];

/** Whether the page at `path` belongs to the entry `href`. */
export function isCurrent(href: string, path: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}

/** Every key of the console, as the help lists them. */
export const KEYS = [
  { keys: ['Ctrl', 'K'], what: 'Commands: pages, endpoints, incidents' },
  { keys: ['/'], what: 'To the search of this page' },
  { keys: ['?'], what: 'This list' },
  { keys: ['Esc'], what: 'Close what is open, leave a field' },
  ...NAV.map(({ key, label }) => ({ keys: ['g', key], what: label })),
] as const;
