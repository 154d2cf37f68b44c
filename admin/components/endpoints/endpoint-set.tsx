'use client';

import { useRef, useState, type ReactNode } from 'react';
import { rangeBetween } from '../../lib/range-between.ts';
import { BulkBar } from './bulk-bar.tsx';
import { EndpointCard } from './endpoint-card.tsx';
import type { ItemProps, ShownEndpoint } from './endpoint-item.tsx';
import { EndpointRow } from './endpoint-row.tsx';
import { PlacedList } from './placed-list.tsx';
import type { May } from './use-endpoint-actions.tsx';

export type SetView = 'cards' | 'list';

/** Endpoints as cards or as a list: chosen, carried to other places, changed many at once. */
export function EndpointSet({
  view,
  shown,
  every,
  may,
  mayMove,
}: {
  view: SetView;
  shown: readonly ShownEndpoint[];
  /** Those that match, shown or not: they can be chosen all. */
  every: readonly { id: string; name: string }[];
  may: May;
  mayMove: boolean;
}) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = every.filter(({ id }) => picked.has(id));
  const parts = [
    { name: 'Pinned', items: shown.filter(({ pinned }) => pinned) },
    { name: 'Others', items: shown.filter(({ pinned }) => !pinned) },
  ].filter(({ items }) => items.length > 0);
  const last = useRef<string | null>(null);
  const choose = (id: string, isChosen: boolean, isRange: boolean) => {
    const inOrder = parts.flatMap(({ items }) => items.map((item) => item.id));
    const meant = isRange ? rangeBetween(inOrder, last.current, id) : [id];
    last.current = id;
    setPicked(
      (known) => new Set([...[...known].filter((other) => !meant.includes(other)), ...(isChosen ? meant : [])]),
    );
  };
  const propsOf = (endpoint: ShownEndpoint): Omit<ItemProps, 'place'> => ({
    endpoint,
    may,
    mayMove,
    isChosen: picked.has(endpoint.id),
    onChoose: (isChosen, isRange) => choose(endpoint.id, isChosen, isRange),
  });
  return (
    <>
      {parts.map(({ name, items }) => (
        <PlacedList key={name} name={name} items={items}>
          {(placed, PlaceOf) =>
            view === 'cards' ? (
              <section className="cards" aria-label={parts.length > 1 ? name : 'Endpoints'}>
                {placed.map((endpoint) => (
                  <PlaceOf key={endpoint.id} id={endpoint.id} mayMove={mayMove}>
                    {(place) => <EndpointCard {...propsOf(endpoint)} place={place} />}
                  </PlaceOf>
                ))}
              </section>
            ) : (
              <EndpointTable label={parts.length > 1 ? name : 'Endpoints'} isPicking={may.change}>
                {placed.map((endpoint) => (
                  <PlaceOf key={endpoint.id} id={endpoint.id} mayMove={mayMove}>
                    {(place) => <EndpointRow {...propsOf(endpoint)} place={place} />}
                  </PlaceOf>
                ))}
              </EndpointTable>
            )
          }
        </PlacedList>
      ))}
      {chosen.length > 0 && (
        <BulkBar
          chosen={chosen}
          total={every.length}
          onAll={() => setPicked(new Set(every.map(({ id }) => id)))}
          onClear={() => setPicked(new Set())}
        />
      )}
    </>
  );
}

function EndpointTable({ label, isPicking, children }: { label: string; isPicking: boolean; children: ReactNode }) {
  return (
    <table className="list endpoint-list" aria-label={label}>
      <thead>
        <tr>
          {isPicking && <th className="pick" aria-label="Choose" />}
          <th>{label === 'Endpoints' ? 'Name' : label}</th>
          <th>State</th>
          <th>24 hours</th>
          <th>Trend</th>
          <th className="number">Webhooks</th>
          <th>Last</th>
          <th aria-label="Actions" />
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
