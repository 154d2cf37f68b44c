'use client';

import { closestCenter, DndContext, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core';
import { rectSortingStrategy, SortableContext, sortableKeyboardCoordinates } from '@dnd-kit/sortable';
import { useEffect, useRef, useState } from 'react';
import { placeEndpoint } from '../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import { CarriedPlace } from './carried-place.tsx';
import type { PlacedListProps } from './endpoint-place.tsx';
import { announcementsOf, carried, HOW_TO_MOVE } from './places.ts';

/**
 * Endpoints that can be carried to another place among each other, by pointer or by keyboard. What is moved stands there at
 * once; a refusal puts it back.
 */
export function CarriedList<T extends { id: string; name: string }>({ name, items, children }: PlacedListProps<T>) {
  const { run } = useAct();
  const [order, setOrder] = useState<readonly string[] | null>(null);
  const saidPlace = useRef(-1);
  const fromServer = items.map(({ id }) => id).join();
  useEffect(() => setOrder(null), [fromServer]);
  const shown = order === null ? items : items.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const place = async (id: string, over: string) => {
    const next = carried(shown, id, over);
    if (next === null) return;
    setOrder(next.items.map((item) => item.id));
    const acted = await run(() => placeEndpoint(id, next.after), '');
    if (!acted.ok) setOrder(null);
  };
  return (
    <DndContext
      id={name}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={({ active, over }) => over !== null && void place(String(active.id), String(over.id))}
      accessibility={{
        announcements: announcementsOf(shown, saidPlace),
        screenReaderInstructions: { draggable: HOW_TO_MOVE },
        ...(typeof document !== 'undefined' && { container: document.body }),
      }}
    >
      <SortableContext items={shown.map(({ id }) => id)} strategy={rectSortingStrategy}>
        {children(shown, CarriedPlace)}
      </SortableContext>
    </DndContext>
  );
}
