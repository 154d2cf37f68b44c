'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { navOf, type Opener } from '../../config/nav.ts';
import { mayLeave } from '../../lib/leave-guard.ts';
import { useLoaded } from '../../lib/use-loaded.ts';

const loadPalette = () => import('./palette.tsx');
const loadKeysHelp = () => import('./keys-help.tsx');

const OPEN_PALETTE = 'hookwise:palette';
const LEADER_MS = 1_200;

export function openPalette(): void {
  dispatchEvent(new Event(OPEN_PALETTE));
}

/** Ctrl-K, `/`, `?`, Esc and `g` with a letter, on every page. What they open is loaded when first asked for. */
export function KeyboardHabits({ viewer }: { viewer: Opener }) {
  const router = useRouter();
  const { role, company } = viewer;
  const [shown, setShown] = useState<'palette' | 'keys' | null>(null);
  useEffect(() => {
    let leaderAt = 0;
    const open = () => setShown('palette');
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        return open();
      }
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (event.key === 'Escape' && target !== null && isField(target)) return target.blur();
      if (event.ctrlKey || event.metaKey || event.altKey || (target !== null && isField(target))) return;
      if (event.key === '?') return setShown('keys');
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-search]');
        if (search === null) return open();
        event.preventDefault();
        search.focus();
        return search.select();
      }
      const page =
        event.timeStamp - leaderAt < LEADER_MS
          ? navOf({ role, company }).find(({ key }) => key === event.key)
          : undefined;
      leaderAt = event.key === 'g' ? event.timeStamp : 0;
      if (page && mayLeave(page.href)) router.push(page.href);
    };
    addEventListener('keydown', press);
    addEventListener(OPEN_PALETTE, open);
    return () => {
      removeEventListener('keydown', press);
      removeEventListener(OPEN_PALETTE, open);
    };
  }, [router, role, company]);
  const close = () => setShown(null);
  const palette = useLoaded(loadPalette, shown === 'palette');
  const keys = useLoaded(loadKeysHelp, shown === 'keys');
  return (
    <>
      {shown === 'palette' && palette && <palette.Palette viewer={viewer} onClose={close} />}
      {shown === 'keys' && keys && <keys.KeysHelp viewer={viewer} onClose={close} />}
    </>
  );
}

function isField(element: HTMLElement): boolean {
  return element.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName);
}
