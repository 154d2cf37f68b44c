'use client';

import { useSyncExternalStore } from 'react';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];
const TICK_MS = 5_000;

let now = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for all times of a page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A time relative to now; exact, in the viewer's zone, on hover. */
export function TimeAgo({ at }: { at: string }) {
  const current = useSyncExternalStore<number | null>(subscribe, currentTime, () => null);
  const exact = `${at.slice(0, 19).replace('T', ' ')} UTC`;
  return (
    <time
      dateTime={at}
      title={
        current === null ? exact : new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })
      }
      suppressHydrationWarning
    >
      {current === null ? exact : relative(Date.parse(at), current)}
    </time>
  );
}

function currentTime(): number {
  if (now === 0) now = Date.now();
  return now;
}

function relative(at: number, from: number): string {
  const seconds = Math.round((at - from) / 1000);
  if (Math.abs(seconds) < 5 || (seconds > 0 && seconds * 1000 < TICK_MS)) return 'just now';
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}
