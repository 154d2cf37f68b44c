'use client';

import { Loader } from '@mantine/core';
import { Link } from '../link.tsx';
import { useEffect, useState } from 'react';
import { openLive } from '../../lib/live-client.ts';
import { withMessage, type FeedLine } from '../live/feed-lines.ts';
import { LineBadge } from '../live/line-badge.tsx';

const SHOWN = 6;

/** The first webhooks and what becomes of them, through the live feed. */
export function Arrivals({ hasSome }: { hasSome: boolean }) {
  const [lines, setLines] = useState<FeedLine[]>([]);
  useEffect(() => {
    const client = openLive(
      {},
      {
        change: (message) => setLines((shown) => withMessage(shown, message).slice(0, SHOWN)),
        counts: () => undefined,
        gap: () => undefined,
        state: () => undefined,
      },
    );
    return () => client.close();
  }, []);
  if (lines.length === 0)
    return (
      <p className="tools" role="status">
        {hasSome ? (
          <>
            The first webhook is here: see the <Link href="/history">history</Link>. What comes next arrives here.
          </>
        ) : (
          <>
            <Loader size="sm" type="dots" /> Waiting for the first webhook.
          </>
        )}
      </p>
    );
  return (
    <ol className="rows" aria-label="What arrived" role="log">
      {lines.map((line) => (
        <li key={line.key}>
          <span>
            <Link href={line.href}>{line.text}</Link>
            <small className="quiet block">{line.detail}</small>
          </span>
          <LineBadge line={line} />
        </li>
      ))}
    </ol>
  );
}
