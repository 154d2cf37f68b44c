'use client';

import { IconExternalLink } from '@tabler/icons-react';
import { Link } from '../link.tsx';
import { usePathname } from 'next/navigation';
import { isCurrent, navOf, type Opener } from '../../config/nav.ts';
import { NavIcon } from './nav-icon.tsx';

/** The pages that are for `viewer`; the one that is shown is marked. Temporal tells of every company. */
export function SideNav({ viewer, temporalUrl, onChosen }: { viewer: Opener; temporalUrl: string; onChosen(): void }) {
  const path = usePathname() ?? '/';
  return (
    <nav aria-label="Pages" className="side-nav">
      {navOf(viewer).map(({ href, label, icon }) => (
        <Link key={href} href={href} onClick={onChosen} aria-current={isCurrent(href, path) ? 'page' : undefined}>
          <NavIcon name={icon} />
          {label}
        </Link>
      ))}
      {viewer.company === null && (
        <a href={temporalUrl} target="_blank" rel="noreferrer" className="side-nav-out">
          <IconExternalLink size={18} stroke={1.7} aria-hidden="true" />
          Temporal
        </a>
      )}
    </nav>
  );
}
