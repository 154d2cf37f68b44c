'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { BacktestLine, BacktestResult } from '../../../server/backtest/schemas.ts';

export interface Backtest {
  progress: { done: number; total: number; changed: number } | null;
  result: BacktestResult | null;
  problem: string | null;
  isRunning: boolean;
  start(config: object, range: { from?: string; limit: number }): void;
  cancel(): void;
}

/** Runs one backtest at a time over the REST stream; leaving or cancelling ends its work on the server too. */
export function useBacktest(id: string): Backtest {
  const [progress, setProgress] = useState<Backtest['progress']>(null);
  const [result, setResult] = useState<BacktestResult | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const [isRunning, setRunning] = useState(false);
  const cancel = useCallback(() => {
    running.current?.abort();
    running.current = null;
    setRunning(false);
  }, []);
  useEffect(() => cancel, [cancel]);
  const start: Backtest['start'] = (config, range) => {
    cancel();
    const stop = new AbortController();
    running.current = stop;
    setProgress({ done: 0, total: 0, changed: 0 });
    setResult(null);
    setProblem(null);
    setRunning(true);
    const take = (line: BacktestLine) => {
      if (line.kind === 'progress') setProgress(line);
      else if (line.kind === 'result') setResult(line.result);
      else setProblem(line.detail);
    };
    void readLines(id, { config, ...range }, stop.signal, take)
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setProblem(error instanceof Refusal ? error.message : 'The connection broke. Again?');
      })
      .finally(() => {
        if (running.current === stop) cancel();
      });
  };
  return { progress, result, problem, isRunning, start, cancel };
}

class Refusal extends Error {}

async function readLines(
  id: string,
  body: object,
  signal: AbortSignal,
  take: (line: BacktestLine) => void,
): Promise<void> {
  const response = await fetch(`/api/v1/endpoints/${id}/backtest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null)
    throw new Refusal(((await response.json()) as { detail?: string }).detail ?? 'The backtest was refused.');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ''; ;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') take(JSON.parse(line) as BacktestLine);
  }
}
