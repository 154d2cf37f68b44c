'use client';

import dynamic from 'next/dynamic';
import { useState, type MouseEvent, type ReactNode } from 'react';

const RowActions = dynamic(() => import('./row-actions.tsx').then((module) => module.RowActions), { ssr: false });

/** The row that a menu is for, and where on the screen it stands. */
export interface OpenRow {
  id: string;
  endpoint: string;
  source: string;
  mayReplay: boolean;
  row: HTMLElement;
  x: number;
  y: number;
}

/** A list whose rows have a menu: by right click, the menu key, or the button in the row. What it opens is loaded then. */
export function RowMenu({ mayReplay, children }: { mayReplay: boolean; children: ReactNode }) {
  const [open, setOpen] = useState<OpenRow | null>(null);
  const show = (event: MouseEvent, at: { x: number; y: number }) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-webhook]') : null;
    if (row === null) return;
    event.preventDefault();
    const { webhook = '', endpoint = '', source = '', origin } = row.dataset;
    setOpen({ id: webhook, endpoint, source, mayReplay: mayReplay && origin !== 'refused', row, ...at });
  };
  return (
    <div
      className="picking"
      onContextMenu={(event) => {
        if (event.clientX !== 0 || event.clientY !== 0) return show(event, { x: event.clientX, y: event.clientY });
        const box = (event.target as Element).getBoundingClientRect();
        show(event, { x: box.left, y: box.bottom });
      }}
      onClick={(event) => {
        const button = event.target instanceof Element ? event.target.closest('[data-row-menu]') : null;
        if (button === null) return;
        const box = button.getBoundingClientRect();
        show(event, { x: box.right, y: box.bottom });
      }}
    >
      {children}
      {open !== null && <RowActions key={`${open.id} ${open.x} ${open.y}`} open={open} onClose={() => setOpen(null)} />}
    </div>
  );
}
