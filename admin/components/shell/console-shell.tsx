'use client';

import { IconMenu2, IconSearch, IconX } from '@tabler/icons-react';
import { Link } from '../link.tsx';
import { useEffect, useState, type ReactNode } from 'react';
import type { Opener } from '../../config/nav.ts';
import { KeyboardHabits, openPalette } from './keyboard-habits.tsx';
import { SideNav } from './side-nav.tsx';
import { SignOutButton } from './sign-out-button.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

export interface Viewer extends Opener {
  name: string;
}

/** The frame of every page: navigation at the side, under a button on narrow screens. */
export function ConsoleShell({
  viewer,
  temporalUrl,
  banners,
  children,
}: {
  viewer: Viewer;
  temporalUrl: string;
  banners: ReactNode;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    addEventListener('keydown', close);
    return () => removeEventListener('keydown', close);
  }, [isOpen]);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        To the content
      </a>
      <header className="side" data-open={isOpen || undefined}>
        <div className="side-top">
          <Link href="/" className="brand" onClick={() => setOpen(false)}>
            HookWise
          </Link>
          <button className="side-find" onClick={openPalette}>
            <IconSearch size={16} aria-hidden="true" />
            <span>Search</span>
            <kbd aria-hidden="true">Ctrl K</kbd>
          </button>
          <button
            className="side-menu"
            aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <IconX size={20} aria-hidden="true" /> : <IconMenu2 size={20} aria-hidden="true" />}
          </button>
        </div>
        <div className="side-body">
          <SideNav viewer={viewer} temporalUrl={temporalUrl} onChosen={() => setOpen(false)} />
          <div className="side-who">
            <span className="side-name" title={`${viewer.name}, ${viewer.role}`}>
              {viewer.name}
              <small>{viewer.role}</small>
            </span>
            <ThemeToggle />
            <SignOutButton />
          </div>
        </div>
      </header>
      <div className="page">
        {banners}
        <main id="content" tabIndex={-1}>
          {children}
        </main>
      </div>
      <KeyboardHabits viewer={viewer} />
    </div>
  );
}
