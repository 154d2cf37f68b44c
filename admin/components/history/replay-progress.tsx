'use client';

import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { cancelReplay, progressOfReplay } from '../../app/(console)/history/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import type { BulkReplayView } from '../../server/history/bulk/schemas.ts';

const EVERY_MS = 1_000;
const TONES = { running: 'busy', done: 'good', cancelled: 'warn', failed: 'bad' } as const;

/** How far a replay by filter is; it goes on whether or not somebody looks. */
export function ReplayProgress({ first, mayCancel }: { first: BulkReplayView; mayCancel: boolean }) {
  const { run: runAction, isBusy } = useAct();
  const [run, setRun] = useState(first);
  const isRunning = run.state === 'running';
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(async () => {
      const acted = await progressOfReplay(first.id).catch(() => null);
      if (acted?.ok) setRun(acted.value);
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [first.id, isRunning]);
  const cancel = async () => {
    const acted = await runAction(() => cancelReplay(run.id), 'Cancelled. What was queued stays.');
    if (acted.ok) setRun(acted.value);
  };
  const done = run.replayed + run.skipped + run.unreadable;
  return (
    <div className="stack">
      <div className="head">
        <p>
          {done.toLocaleString('en')} of {run.total.toLocaleString('en')}, at most {run.ratePerSecond} a second
        </p>
        <span className={`badge ${TONES[run.state]}`}>{run.state}</span>
      </div>
      <progress aria-label="Replayed" value={done} max={Math.max(1, run.total)} />
      {run.waitsFor !== null && <p className="quiet">It waits: {run.waitsFor}</p>}
      {run.skipped > 0 && (
        <p className="quiet">{run.skipped} of endpoints that are disabled or deleted were left out.</p>
      )}
      {run.unreadable > 0 && <p className="fault">{run.unreadable} are kept under a key that is not configured.</p>}
      {isRunning && mayCancel && (
        <div>
          <Button variant="default" color="red" loading={isBusy} onClick={cancel}>
            Cancel
          </Button>
        </div>
      )}
    </div>
  );
}
