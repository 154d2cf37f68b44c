'use client';

import { Button, TextInput } from '@mantine/core';
import { IconFileSearch, IconPlayerStop } from '@tabler/icons-react';
import { parseAsString, useQueryState } from 'nuqs';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { HistoryTable } from './history-table.tsx';
import { NOTHING_FOUND, searchOnce, type Search } from './search-once.ts';
import { withAddress } from '../../lib/with-address.tsx';

/** Looks for a text in the bodies of what the page's filters leave: on demand, with progress, ended by whoever asked. */
export const BodySearch = withAddress(BodySearchInAddress);

function BodySearchInAddress({ filter }: { filter: Record<string, string> }) {
  const [asked, setAsked] = useQueryState('body', parseAsString);
  const [typed, setTyped] = useState(asked ?? '');
  const [search, setSearch] = useState<Search | null>(null);
  const running = useRef<AbortController | null>(null);
  const range = JSON.stringify(filter);
  const stop = () => running.current?.abort();
  const start = (text: string, from: Search) => {
    stop();
    const control = new AbortController();
    running.current = control;
    const tell = (now: Search) => !control.signal.aborted && setSearch(now);
    void searchOnce({ ...filter, text }, from, control.signal, tell).then(
      (end) => running.current === control && setSearch(end),
    );
  };
  useEffect(() => {
    setSearch(null);
    if (asked !== null && asked.length >= 2) start(asked, NOTHING_FOUND);
    return stop;
  }, [asked, range]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed === asked) start(typed, NOTHING_FOUND);
    else void setAsked(typed);
  };
  const isRunning = search?.state === 'running';
  return (
    <details className="body-search" open={asked !== null}>
      <summary>Search in bodies</summary>
      <div className="stack">
        <form className="tools" role="search" onSubmit={submit}>
          <TextInput
            className="grow"
            type="search"
            aria-label="Text in bodies"
            placeholder="Text in the bodies of what the filters leave"
            minLength={2}
            maxLength={200}
            required
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" leftSection={<IconFileSearch size={16} aria-hidden="true" />}>
            Search
          </Button>
          {isRunning && (
            <Button variant="default" leftSection={<IconPlayerStop size={16} aria-hidden="true" />} onClick={stop}>
              Cancel
            </Button>
          )}
          {asked !== null && !isRunning && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                setTyped('');
                void setAsked(null);
              }}
            >
              Clear
            </Button>
          )}
        </form>
        {search !== null && <Progress search={search} from={filter['from']} />}
        {search !== null && search.items.length > 0 && <HistoryTable webhooks={search.items} />}
        {search !== null && !isRunning && search.before !== null && (
          <div>
            <Button variant="default" onClick={() => start(asked ?? typed, search)}>
              Go on with what is older
            </Button>
          </div>
        )}
      </div>
    </details>
  );
}

function Progress({ search, from }: { search: Search; from: string | undefined }) {
  const { looked, items, state, reachedMs, beganMs, fault } = search;
  const startMs = from === undefined ? Number.NaN : Date.parse(from);
  const isMeasured = !Number.isNaN(startMs) && reachedMs !== null && beganMs > startMs;
  const share = isMeasured ? Math.min(1, (beganMs - (reachedMs ?? beganMs)) / (beganMs - startMs)) : undefined;
  return (
    <>
      {state === 'running' && <progress aria-label="Bodies looked at" value={share} max={1} />}
      <p role="status" className={state === 'failed' ? 'fault' : 'quiet'}>
        {fault ??
          `${looked.toLocaleString('en')} bodies looked at, ${items.length.toLocaleString('en')} ${items.length === 1 ? 'has' : 'have'} the text${END[state]}`}
        {reachedMs !== null && fault === null && state !== 'done' && (
          <> Back to {new Date(reachedMs).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}.</>
        )}
      </p>
    </>
  );
}

const END = {
  running: ' so far.',
  done: '. That is all.',
  stopped: '.',
  cancelled: '. Cancelled.',
  failed: '.',
} as const;
