'use client';

import { useEffect, useRef, useState } from 'react';
import type { CarriedList } from './carried-list.tsx';
import { StillPlace, type PlacedListProps } from './endpoint-place.tsx';

/**
 * Endpoints in their places. What it takes to carry them to others is loaded when a pointer or the keyboard comes near; whoever
 * stood on a handle by then stands on it again.
 */
export function PlacedList<T extends { id: string; name: string }>(props: PlacedListProps<T>) {
  const [Carried, setCarried] = useState<typeof CarriedList | null>(null);
  const stoodOn = useRef<string | null>(null);
  const load = () => void import('./carried-list.tsx').then((module) => setCarried(() => module.CarriedList));
  useEffect(() => {
    if (Carried === null || stoodOn.current === null) return;
    document.querySelector<HTMLElement>(`button.handle[aria-label="${CSS.escape(stoodOn.current)}"]`)?.focus();
  }, [Carried]);
  if (Carried !== null) return <Carried {...props} />;
  return (
    <div
      className="as-if-absent"
      onPointerEnter={load}
      onFocus={({ target }) => {
        stoodOn.current = target.closest('button.handle')?.getAttribute('aria-label') ?? null;
        load();
      }}
    >
      {props.children(props.items, StillPlace)}
    </div>
  );
}
