import { useEffect, useState } from 'react';

/**
 * What `load` brings once it is wanted, null until then; a fault of loading is thrown to the page. It stands there as soon as it
 * has come: React holds a lazy component back for 300 ms after its placeholder, and who pressed a key waits for it.
 */
export function useLoaded<T extends object>(load: () => Promise<T>, isWanted: boolean): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  const isMissing = isWanted && loaded === null;
  useEffect(() => {
    if (!isMissing) return;
    load().then(
      (found) => setLoaded(found),
      (fault: unknown) =>
        setLoaded(() => {
          throw fault;
        }),
    );
  }, [isMissing, load]);
  return loaded;
}
