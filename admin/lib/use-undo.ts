'use client';

import { useCallback } from 'react';
import type { Acted } from './act.ts';
import { tellWithUndo } from './undo-notice.tsx';
import { useAct } from './use-act.ts';

/** Tells what was done, with a button that takes it back by an action for as long as it is shown. */
export function useUndo() {
  const { run } = useAct();
  return useCallback(
    (done: string, undo: () => Promise<Acted<unknown>>, undone: string) => tellWithUndo(done, () => run(undo, undone)),
    [run],
  );
}
