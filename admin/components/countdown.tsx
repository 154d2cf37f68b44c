'use client';

import { useEffect, useState } from 'react';

/** The time left until `at`, counting down; what is past is said so. Exact on hover. */
export function Countdown({ at }: { at: string }) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const exact = `${at.slice(0, 19).replace('T', ' ')} UTC`;
  return (
    <time
      dateTime={at}
      className="countdown"
      title={now === null ? exact : new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })}
    >
      {now === null ? exact : left(Date.parse(at) - now)}
    </time>
  );
}

function left(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1_000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3_600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  const words = (first < 0 ? parts.slice(-1) : parts.slice(first, first + 2)).map(
    ([count, unit]) => `${count} ${unit}`,
  );
  return ms >= 0 ? `in ${words.join(' ')}` : `${words.join(' ')} ago`;
}
