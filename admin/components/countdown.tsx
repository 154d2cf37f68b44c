'use client';

import { useEffect, useState } from 'react';
import { spanWords } from '../lib/span-words.ts';

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
  return ms >= 0 ? `in ${spanWords(ms)}` : `${spanWords(ms)} ago`;
}
