'use client';

import { Alert, Button, Select } from '@mantine/core';
import { useState } from 'react';
import { BacktestTold } from './backtest-told.tsx';
import { useDraft } from './draft.tsx';
import { patchOf } from './patch-of.ts';
import { useBacktest } from './use-backtest.ts';

const DAY_MS = 86_400_000;
const MOST = 50_000;
const RANGES = [
  { value: '1', label: 'The last day' },
  { value: '7', label: 'The last week' },
  { value: '30', label: 'The last month' },
  { value: 'all', label: 'Everything kept' },
];

/** What the form as it stands would have made of the webhooks that really came. */
export function BacktestPanel({ id }: { id: string }) {
  const draft = useDraft();
  const [days, setDays] = useState('7');
  const { progress, result, problem, isRunning, start, cancel } = useBacktest(id);
  const run = () => {
    const from = days === 'all' ? {} : { from: new Date(Date.now() - Number(days) * DAY_MS).toISOString() };
    start(patchOf(draft.value), { ...from, limit: MOST });
  };
  const total = progress?.total ?? 0;
  return (
    <>
      <p className="quiet">Plans recorded webhooks again with what stands in the form. Nothing is written.</p>
      <div className="tools">
        <Select
          aria-label="Webhooks of"
          data={RANGES}
          value={days}
          allowDeselect={false}
          onChange={(next) => next !== null && setDays(next)}
          className="grow"
        />
        {isRunning ? (
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <Button onClick={run}>Run</Button>
        )}
      </div>
      {progress !== null && result === null && problem === null && (
        <div className="stack" role="status">
          <progress aria-label="Backtest" value={progress.done} max={Math.max(1, total)} />
          <span>
            {isRunning ? '' : 'Cancelled. '}
            {progress.done.toLocaleString('en')} of {total.toLocaleString('en')} webhooks,{' '}
            {progress.changed.toLocaleString('en')} would change
          </span>
        </div>
      )}
      {problem !== null && (
        <Alert color="red" title="No result" role="alert">
          {problem}
        </Alert>
      )}
      {result !== null && <BacktestTold result={result} />}
    </>
  );
}
