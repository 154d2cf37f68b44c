'use client';

import NextLink from 'next/link';
import { useState, type ComponentProps } from 'react';

/**
 * A link within the console. Its page is asked for ahead only once someone points at it: a page shows dozens of links, and to ask
 * for all of them would take the processors from the page itself.
 */
export function Link({ onMouseEnter, onFocus, ...rest }: ComponentProps<typeof NextLink>) {
  const [isMeant, setMeant] = useState(false);
  return (
    <NextLink
      prefetch={isMeant ? null : false}
      {...rest}
      onMouseEnter={(event) => {
        setMeant(true);
        onMouseEnter?.(event);
      }}
      onFocus={(event) => {
        setMeant(true);
        onFocus?.(event);
      }}
    />
  );
}
