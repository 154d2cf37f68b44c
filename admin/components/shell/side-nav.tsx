'use client';

import { IconExternalLink } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { roleIncludes, type Role } from '../../../infra/auth/roles.ts';
import { isCurrent, NAV } from '../../config/nav.ts';
import { NavIcon } from './nav-icon.tsx';

/** The pages; the one that is shown is marked. */
export function SideNav({ role, temporalUrl, onChosen }: { role: Role; temporalUrl: string; onChosen(): void }) {
  const path = usePathname() ?? '/';
  return (
    <nav aria-label="Pages" className="side-nav">
      {NAV.filter((entry) => roleIncludes(role, entry.role)).map(({ href, label, icon }) => (
        <Link key={href} href={href} onClick={onChosen} aria-current={isCurrent(href, path) ? 'page' : undefined}>
          <NavIcon name={icon} />
          {label}
        </Link>
      ))}
      <a href={temporalUrl} target="_blank" rel="noreferrer" className="side-nav-out">
        <IconExternalLink size={18} stroke={1.7} aria-hidden="true" />
        Temporal
      </a>
    </nav>
  );
}
