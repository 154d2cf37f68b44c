/** The pages of the console, in the order shown. */
export const NAV = [
  { href: '/incidents', label: 'Incidents' },
  { href: '/tickets', label: 'Tickets' },
] as const;
