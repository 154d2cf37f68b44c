'use client';

import { MantineProvider } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Notices } from './notices.tsx';
import { colours, theme } from './theme.ts';

/** What every page stands in. The first nonce stays: the document's policy knows no later one. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [first] = useState(() => tellStyles(nonce));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={colours}
      defaultColorScheme="auto"
      getStyleNonce={() => first}
      deduplicateInlineStyles
    >
      <Notices />
      {children}
    </MantineProvider>
  );
}

/** Libraries that write a style of their own (the lock of the scroll behind a dialog) look for the nonce under this name. */
function tellStyles(nonce: string): string {
  if (typeof window !== 'undefined') Object.assign(window, { __webpack_nonce__: nonce });
  return nonce;
}
