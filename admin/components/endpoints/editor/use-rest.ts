'use client';

import { useEffect, useState } from 'react';

/** What our REST answers under a path; null until it did, where it refuses, or where nothing is asked. */
export function useRest<T>(path: string | null): T | null {
  const [found, setFound] = useState<{ path: string; value: T } | null>(null);
  useEffect(() => {
    if (path === null) return;
    const stop = new AbortController();
    fetch(path, { signal: stop.signal })
      .then(async (response) => response.ok && setFound({ path, value: (await response.json()) as T }))
      .catch(() => undefined);
    return () => stop.abort();
  }, [path]);
  return found !== null && found.path === path ? found.value : null;
}
