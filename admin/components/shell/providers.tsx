'use client';

import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { useState, type ReactNode } from 'react';
import { colours, theme } from './theme.ts';

/** What every page stands in. The first nonce stays: the document's policy knows no later one. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [first] = useState(nonce);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={colours}
      defaultColorScheme="auto"
      getStyleNonce={() => first}
      deduplicateInlineStyles
    >
      <Notifications position="bottom-right" limit={4} />
      <NuqsAdapter>{children}</NuqsAdapter>
    </MantineProvider>
  );
}
