'use client';

import { Link } from '../link.tsx';
import { usePathname } from 'next/navigation';
import { mayOpen, type Opener } from '../../config/nav.ts';

const TABS = [
  { href: '/settings', label: 'General' },
  { href: '/settings/connections', label: 'Connections' },
  { href: '/settings/transfer', label: 'Export and import' },
  { href: '/settings/keys', label: 'API keys' },
  { href: '/settings/people', label: 'People' },
  { href: '/settings/account', label: 'My account' },
] as const;

/** The parts of the settings that are for `viewer`. */
export function SettingsTabs({ viewer }: { viewer: Opener }) {
  const path = usePathname();
  return (
    <nav className="segments wide" aria-label="Parts of the settings">
      {TABS.filter(({ href }) => mayOpen(viewer, href)).map(({ href, label }) => (
        <Link key={href} href={href} aria-current={path === href ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
