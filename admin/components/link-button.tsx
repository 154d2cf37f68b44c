'use client';

import { Button, type ButtonProps } from '@mantine/core';
import { Link } from './link.tsx';
import type { ReactNode } from 'react';

/** A link that looks like a button, for pages made on the server. */
export function LinkButton({
  href,
  children,
  ...look
}: ButtonProps & { href: string; children: ReactNode; prefetch?: false; download?: true }) {
  return (
    <Button component={Link} href={href} {...look}>
      {children}
    </Button>
  );
}
