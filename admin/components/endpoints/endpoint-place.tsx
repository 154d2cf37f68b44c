import type { ButtonHTMLAttributes, CSSProperties, ReactElement, ReactNode, Ref } from 'react';

/** What makes an element one that can be carried, and the button to carry it by; empty until carrying is wanted. */
export interface Place {
  element: {
    ref?: Ref<HTMLElement & HTMLTableRowElement>;
    style?: CSSProperties;
    'data-carried'?: boolean | undefined;
  };
  handle: ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement>; 'data-ready'?: true };
}

export interface PlaceProps {
  id: string;
  mayMove: boolean;
  children(place: Place): ReactElement;
}

export interface PlacedListProps<T> {
  name: string;
  items: readonly T[];
  children(items: readonly T[], PlaceOf: (props: PlaceProps) => ReactNode): ReactNode;
}

/** Stands where it stands. */
export function StillPlace({ children }: PlaceProps) {
  return children({ element: {}, handle: {} });
}
