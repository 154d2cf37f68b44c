/** The pages of the console, in the order shown; `key` follows `g` on the keyboard. */
export const NAV = [
  { href: '/', label: 'Overview', icon: 'overview', key: 'o' },
  { href: '/endpoints', label: 'Endpoints', icon: 'endpoints', key: 'e' },
  { href: '/incidents', label: 'Incidents', icon: 'incidents', key: 'i' },
  { href: '/tickets', label: 'Tickets', icon: 'tickets', key: 't' },
  { href: '/history', label: 'History', icon: 'history', key: 'h' },
  { href: '/maintenance', label: 'Maintenance', icon: 'maintenance', key: 'm' },
  { href: '/tenants', label: 'Tenant map', icon: 'tenants', key: 'n' },
  { href: '/settings', label: 'Settings', icon: 'settings', key: 's' },
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
