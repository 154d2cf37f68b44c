'use client';

import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import type { PlaceProps } from './endpoint-place.tsx';

/** Makes an element one that can be carried, and a button inside it the handle to carry it by. */
export function CarriedPlace({ id, mayMove, children }: PlaceProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
    disabled: !mayMove,
  });
  return children({
    element: {
      ref: setNodeRef,
      style: { transform: CSS.Translate.toString(transform), transition },
      'data-carried': isDragging || undefined,
    },
    handle: { ref: setActivatorNodeRef, ...attributes, ...listeners, 'data-ready': true },
  });
}
