'use client';

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';

/** A component that keeps its state in the address; only pages that have one load what that takes. */
export function withAddress<P extends object>(Inner: (props: P) => ReactNode) {
  return function WithAddress(props: P) {
    return (
      <NuqsAdapter>
        <Inner {...props} />
      </NuqsAdapter>
    );
  };
}
