'use client';

import { useEffect, useState } from 'react';

export interface Found {
  endpoints: { id: string; name: string }[];
  incidents: { id: string; summary: string; phase: string }[];
}

const NOTHING: Found = { endpoints: [], incidents: [] };
const PAUSE_MS = 150;

/** The endpoints and incidents whose names hold `query`, asked when the typing pauses. Nothing where the server does not answer. */
export function useFound(query: string): Found {
  const [found, setFound] = useState(NOTHING);
  const text = query.trim();
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      const ask = async <T>(path: string): Promise<T[]> => {
        const search = new URLSearchParams({ limit: '6', ...(text === '' ? {} : { q: text }) });
        const response = await fetch(`/api/v1/${path}?${search}`, { signal: stop.signal });
        return response.ok ? ((await response.json()) as { items: T[] }).items : [];
      };
      Promise.all([ask<Found['endpoints'][number]>('endpoints'), ask<Found['incidents'][number]>('incidents')]).then(
        ([endpoints, incidents]) => setFound({ endpoints, incidents }),
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  return found;
}
