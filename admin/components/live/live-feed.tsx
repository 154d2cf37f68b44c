'use client';

import { Button, Select } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '../link.tsx';
import { parseAsString, useQueryStates } from 'nuqs';
import { useEffect, useRef, useState } from 'react';
import { openLive, type LiveClient } from '../../lib/live-client.ts';
import { TimeAgo } from '../time-ago.tsx';
import { sumOf, withMessage, type FeedLine } from './feed-lines.ts';
import { LineBadge } from './line-badge.tsx';
import { withAddress } from '../../lib/with-address.tsx';

const STATES = {
  live: { tone: 'good', words: 'live' },
  away: { tone: 'warn', words: 'away, it goes on by itself without a gap' },
  paused: { tone: 'calm', words: 'paused' },
  refused: { tone: 'bad', words: 'refused: sign in again' },
} as const;
const TOPICS = [
  { value: 'webhook,alert', label: 'Webhooks' },
  { value: 'incident', label: 'Incidents' },
];

/** What happens now. Paused, nothing is lost: it goes on where it stopped. */
export const LiveFeed = withAddress(LiveFeedInAddress);

function LiveFeedInAddress({ endpoints }: { endpoints: { value: string; label: string }[] }) {
  const [filter, setFilter] = useQueryStates({ endpoint: parseAsString, topic: parseAsString });
  const [lines, setLines] = useState<FeedLine[]>([]);
  const [untold, setUntold] = useState(0);
  const [gapAt, setGapAt] = useState<string | null>(null);
  const [state, setState] = useState<keyof typeof STATES>('away');
  const client = useRef<LiveClient | null>(null);
  const { endpoint, topic } = filter;
  useEffect(() => {
    setLines([]);
    setUntold(0);
    setGapAt(null);
    const topics = topic === null ? [] : topic.split(',');
    client.current = openLive(
      { ...(endpoint !== null && { endpoint }), topics },
      {
        change(message) {
          setLines((shown) => withMessage(shown, message));
          if (message.more > 0) setUntold((count) => count + message.more);
        },
        counts: (counts) => setUntold((count) => count + sumOf(counts)),
        gap() {
          setLines([]);
          setGapAt(new Date().toISOString());
        },
        state: setState,
      },
    );
    return () => client.current?.close();
  }, [endpoint, topic]);
  const isPaused = state === 'paused';
  return (
    <>
      <div className="tools" role="search">
        <Select
          aria-label="Every endpoint"
          placeholder="Every endpoint"
          data={endpoints}
          value={endpoint}
          onChange={(value) => void setFilter({ endpoint: value })}
          searchable={endpoints.length > 12}
          clearable
        />
        <Select
          aria-label="Webhooks and incidents"
          placeholder="Webhooks and incidents"
          data={TOPICS}
          value={topic}
          onChange={(value) => void setFilter({ topic: value })}
          clearable
        />
        <Button
          variant="default"
          leftSection={
            isPaused ? (
              <IconPlayerPlay size={16} aria-hidden="true" />
            ) : (
              <IconPlayerPause size={16} aria-hidden="true" />
            )
          }
          onClick={() => (isPaused ? client.current?.resume() : client.current?.pause())}
        >
          {isPaused ? 'Go on' : 'Pause'}
        </Button>
        <span className={`state ${STATES[state].tone}`} role="status">
          {STATES[state].words}
        </span>
      </div>
      {gapAt !== null && (
        <p className="card warn-text" role="status">
          The feed went on anew <TimeAgo at={gapAt} />: part of what happened before is not kept for it any more, so its
          lines were taken away. Nothing is lost, the <Link href="/history">history</Link> has all of it.
        </p>
      )}
      {untold > 0 && (
        <p className="quiet">
          {untold.toLocaleString('en')} more changes were too many to be shown one by one; they are in the{' '}
          <Link href="/history">history</Link>.
        </p>
      )}
      {lines.length === 0 ? (
        <p className="card empty quiet">Nothing since this page was opened. Send a webhook and watch it here.</p>
      ) : (
        <ol className="feed card" aria-label="What happens now">
          {lines.map((line) => (
            <li key={line.key}>
              <small className="quiet">
                <TimeAgo at={line.at} />
              </small>
              <span className="feed-text">
                <Link href={line.href}>{line.text}</Link>
                <small className="quiet block clip">{line.detail}</small>
              </span>
              <LineBadge line={line} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
