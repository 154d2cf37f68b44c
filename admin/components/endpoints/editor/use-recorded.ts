'use client';

import { useEffect, useState } from 'react';

/** The newest recorded webhooks of an endpoint as choices; null until they are known, empty where there are none. */
export function useRecorded(id: string): { value: string; label: string }[] | null {
  const [found, setFound] = useState<{ value: string; label: string }[] | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    void fetch(`/api/v1/history?endpoint=${id}&limit=20`, { signal: stop.signal })
      .then(async (response) => {
        if (!response.ok) return setFound([]);
        const { items } = (await response.json()) as {
          items: { requestId: string; receivedAt: string; status: string; summary: string | null }[];
        };
        setFound(
          items
            .filter(({ status }) => status !== 'failed')
            .map(({ requestId, receivedAt, summary }) => ({
              value: requestId,
              label: `${new Date(receivedAt).toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'medium' })} · ${(summary ?? 'no summary').slice(0, 60)}`,
            })),
        );
      })
      .catch(() => {
        if (!stop.signal.aborted) setFound([]);
      });
    return () => stop.abort();
  }, [id]);
  return found;
}
