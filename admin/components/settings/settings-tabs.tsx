'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { roleIncludes, type Role } from '../../../infra/auth/roles.ts';

const TABS = [
  { href: '/settings', label: 'General', role: 'viewer' },
  { href: '/settings/connections', label: 'Connections', role: 'viewer' },
  { href: '/settings/transfer', label: 'Export and import', role: 'admin' },
  { href: '/settings/keys', label: 'API keys', role: 'admin' },
  { href: '/settings/people', label: 'People', role: 'admin' },
  { href: '/settings/account', label: 'My account', role: 'viewer' },
] as const;

/** The parts of the settings; what only administrators do is shown to them alone. */
export function SettingsTabs({ role }: { role: Role }) {
  const path = usePathname();
  return (
    <nav className="segments wide" aria-label="Parts of the settings">
      {TABS.filter((tab) => roleIncludes(role, tab.role)).map(({ href, label }) => (
        <Link key={href} href={href} aria-current={path === href ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
