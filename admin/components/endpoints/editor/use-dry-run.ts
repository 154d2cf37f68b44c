'use client';

import { useEffect, useState } from 'react';
import type { FieldFault } from '../../../server/errors.ts';
import type { DryRunView } from '../../../server/endpoints/dry-run-schemas.ts';

const CALM_MS = 350;

/** What is tried: a body as text, or the id of a recorded webhook. */
export type Sample = { body: string } | { webhookId: string };

export interface DryRun {
  view: DryRunView | null;
  /** Why there is no plan of what stands there now. */
  problem: string | null;
  faults: readonly FieldFault[];
  isBusy: boolean;
}

/** Plans `sample` with the draft `config`, a moment after either changed last; older questions are dropped. */
export function useDryRun(id: string, sample: Sample, config: object): DryRun {
  const [run, setRun] = useState<DryRun>({ view: null, problem: null, faults: [], isBusy: true });
  const asked = JSON.stringify([sample, config]);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      setRun((known) => ({ ...known, isBusy: true }));
      const next = await ask(id, asked, stop.signal).catch((): Partial<DryRun> => ({
        problem: 'The console does not answer. Type on to try again.',
      }));
      if (!stop.signal.aborted)
        setRun((known) => ({ view: known.view, problem: null, faults: [], isBusy: false, ...next }));
    }, CALM_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [id, asked]);
  return run;
}

async function ask(id: string, asked: string, signal: AbortSignal): Promise<Partial<DryRun>> {
  const [sample, config] = JSON.parse(asked) as [Sample, object];
  const source = 'body' in sample ? bodyOf(sample.body) : sample;
  if (source === null) return { problem: 'This is not JSON yet.' };
  const response = await fetch(`/api/v1/endpoints/${id}/dry-run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...source, config }),
    signal,
  });
  const answer = (await response.json()) as DryRunView & { detail?: string; errors?: FieldFault[] };
  if (response.ok) return { view: answer };
  const faults = (answer.errors ?? []).map(({ path, message }) => ({ path: path.replace(/^config\.?/, ''), message }));
  return { problem: answer.detail ?? 'The body could not be planned.', faults };
}

function bodyOf(text: string): { body: unknown } | null {
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}
