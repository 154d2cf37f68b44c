'use client';

import { useEffect, useRef, useState } from 'react';
import type { CarriedList } from './carried-list.tsx';
import { StillPlace, type PlacedListProps } from './endpoint-place.tsx';

/**
 * Endpoints in their places. What it takes to carry them to others is loaded when a pointer or the focus comes to a handle, which
 * keeps the focus.
 */
export function PlacedList<T extends { id: string; name: string }>(props: PlacedListProps<T>) {
  const [Carried, setCarried] = useState<typeof CarriedList | null>(null);
  const stoodOn = useRef<string | null>(null);
  const near = ({ target }: { target: EventTarget }) => {
    const handle = target instanceof Element ? target.closest('button.handle') : null;
    if (handle === null) return;
    stoodOn.current = document.activeElement === handle ? handle.getAttribute('aria-label') : null;
    void import('./carried-list.tsx').then((module) => setCarried(() => module.CarriedList));
  };
  useEffect(() => {
    if (Carried === null || stoodOn.current === null) return;
    document.querySelector<HTMLElement>(`button.handle[aria-label="${CSS.escape(stoodOn.current)}"]`)?.focus();
  }, [Carried]);
  if (Carried !== null) return <Carried {...props} />;
  return (
    <div className="as-if-absent" onPointerOver={near} onFocus={near}>
      {props.children(props.items, StillPlace)}
    </div>
  );
}
