'use client';

import { Button, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { replayAll } from '../../app/(console)/history/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import type { BulkReplayView } from '../../server/history/bulk/schemas.ts';
import { ReplayProgress } from './replay-progress.tsx';

/** Replays everything that the filter of the page matches; first it says how many that are. */
export function BulkReplay({ filter }: { filter: Record<string, string> }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" leftSection={<IconRepeat size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
        Replay all
      </Button>
      {isOpen && <Dialog filter={filter} onClose={() => setOpen(false)} />}
    </>
  );
}

function Dialog({ filter, onClose }: { filter: Record<string, string>; onClose(): void }) {
  const { run, isBusy } = useAct();
  const [rules, setRules] = useState('today');
  const [rate, setRate] = useState('10');
  const [count, setCount] = useState<number | string | null>(null);
  const [started, setStarted] = useState<BulkReplayView | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void replayAll({ filter, preview: true })
      .then((acted) => isCurrent && setCount(acted.ok ? acted.value.total : acted.message))
      .catch(() => isCurrent && setCount('The console does not answer.'));
    return () => {
      isCurrent = false;
    };
  }, [filter]);
  const start = async () => {
    const acted = await run(() => replayAll({ filter, rules, ratePerSecond: Number(rate) }), 'The replay has begun.');
    if (acted.ok && 'id' in acted.value) setStarted(acted.value);
  };
  const names = Object.entries(filter);
  return (
    <Modal opened onClose={onClose} title="Replay by filter" centered>
      {started !== null ? (
        <div className="stack">
          <ReplayProgress first={started} mayCancel />
          <p className="quiet">It goes on when this is closed; the replays are listed beside the history.</p>
        </div>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void start();
          }}
        >
          <p role="status">
            {typeof count === 'number' ? (
              <strong>{count.toLocaleString('en')} webhooks</strong>
            ) : (
              <span className={count === null ? 'quiet' : 'fault'}>{count ?? 'Counting…'}</span>
            )}
            {typeof count === 'number' && ' match and would be replayed, the oldest first.'}
          </p>
          <p className="quiet wrap">
            {names.length === 0
              ? 'No filter: the whole history.'
              : names.map(([name, value]) => `${name}: ${value}`).join('\n')}
          </p>
          <SegmentedControl
            aria-label="Rules"
            data={[
              { value: 'today', label: 'Today’s rules' },
              { value: 'recorded', label: 'As recorded' },
            ]}
            value={rules}
            onChange={setRules}
          />
          <TextInput
            type="number"
            label="A second, at most"
            description="Live webhooks always come first: while they wait, the replay pauses."
            min={1}
            max={100}
            required
            value={rate}
            onChange={(event) => setRate(event.currentTarget.value)}
          />
          <Button type="submit" loading={isBusy} disabled={typeof count !== 'number' || count === 0}>
            Replay {typeof count === 'number' ? count.toLocaleString('en') : ''}
          </Button>
        </form>
      )}
    </Modal>
  );
}
