'use client';

import NextLink, { useLinkStatus } from 'next/link';
import { useState, type ComponentProps, type ReactNode } from 'react';

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

/** The words of a link, faint from the press until its page is there: for pages that stay as they are meanwhile. */
export function UntilShown({ children }: { children: ReactNode }) {
  const { pending } = useLinkStatus();
  return <span className={pending ? 'pending' : undefined}>{children}</span>;
}
