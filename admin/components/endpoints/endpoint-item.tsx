'use client';

import { Menu } from '@mantine/core';
import { IconGripVertical, IconPinFilled } from '@tabler/icons-react';
import { Link } from '../link.tsx';
import type { ReactElement, ReactNode } from 'react';
import { EndpointMenuItems } from './endpoint-menu-items.tsx';
import type { EndpointActions, ListedEndpoint, May } from './use-endpoint-actions.tsx';
import type { Place } from './endpoint-place.tsx';

/** An endpoint as the server draws it for cards and list. */
export interface ShownEndpoint extends ListedEndpoint {
  state: ReactNode;
  ticks: ReactNode;
  line: ReactNode;
  received: string;
  seen: ReactNode;
}

/** What a card and a row are given. */
export interface ItemProps {
  endpoint: ShownEndpoint;
  may: May;
  /** Whether it can be carried to another place now. */
  mayMove: boolean;
  place: Place;
  isChosen: boolean;
  /** `isRange`: with all that stand between it and the one chosen before. */
  onChoose(isChosen: boolean, isRange: boolean): void;
}

export function ChooseBox({ endpoint: { name }, isChosen, onChoose }: ItemProps) {
  return (
    <input
      type="checkbox"
      className="choose"
      aria-label={`Choose ${name}`}
      title="With Shift: all from the one before to this one"
      checked={isChosen}
      onChange={(event) => onChoose(event.currentTarget.checked, isShifted(event.nativeEvent))}
    />
  );
}

/** A press of a box tells of the shift key by the click that it is, made by a key or not. */
function isShifted(event: Event): boolean {
  return event instanceof MouseEvent && event.shiftKey;
}

export function Handle({ name, handle }: { name: string; handle: Place['handle'] }) {
  return (
    <button
      type="button"
      className="handle"
      aria-label={`Move ${name}`}
      title="Drag, or Space and arrow keys"
      {...handle}
    >
      <IconGripVertical size={16} aria-hidden="true" />
    </button>
  );
}

export function NameLink({ endpoint: { id, name, pinned } }: { endpoint: ListedEndpoint }) {
  return (
    <>
      <Link href={`/endpoints/${id}`}>{name}</Link>
      {pinned && (
        <>
          {'\u00a0'}
          <IconPinFilled size={14} className="quiet" aria-label="pinned" />
        </>
      )}
    </>
  );
}

/** Gives an element the endpoint's menu on a right click, a long touch and the menu key. */
export function WithContextMenu({
  endpoint,
  actions,
  may,
  children,
}: {
  endpoint: ListedEndpoint;
  actions: EndpointActions;
  may: May;
  children: ReactElement;
}) {
  return (
    <Menu withinPortal position="bottom-start">
      <Menu.ContextMenu>{children}</Menu.ContextMenu>
      <EndpointMenuItems endpoint={endpoint} actions={actions} may={may} />
    </Menu>
  );
}
