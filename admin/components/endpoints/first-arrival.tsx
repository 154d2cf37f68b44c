'use client';

import { Loader } from '@mantine/core';
import { Link } from '../link.tsx';
import { useEffect, useState } from 'react';

interface Arrived {
  requestId: string;
  status: string;
  summary: string | null;
  ticketId: string | null;
}

const EVERY_MS = 1_500;

/** Waits for the first webhook of an endpoint and tells what became of it, while it happens. */
export function FirstArrival({ endpointId }: { endpointId: string }) {
  const [arrived, setArrived] = useState<Arrived | null>(null);
  useEffect(() => {
    const timer = setInterval(async () => {
      const response = await fetch(`/api/v1/history?endpoint=${endpointId}&limit=1`).catch(() => null);
      if (!response?.ok) return;
      const [first] = ((await response.json()) as { items: Arrived[] }).items;
      if (first) setArrived(first);
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [endpointId]);
  return (
    <p className="card tools" role="status">
      {arrived === null ? (
        <>
          <Loader size="sm" type="dots" /> Waiting for the first webhook: paste a line from above into a terminal.
        </>
      ) : (
        <>
          <span className={`badge ${arrived.status === 'failed' ? 'bad' : 'good'}`}>{arrived.status}</span>
          <span className="grow">
            {arrived.summary ?? 'A webhook arrived.'} {arrived.ticketId !== null && `Ticket #${arrived.ticketId}.`}
          </span>
          <Link href={`/history/${arrived.requestId}`}>See it</Link>
        </>
      )}
    </p>
  );
}
