'use client';

import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { isSame } from '../../../lib/is-same.ts';
import type { FieldFault } from '../../../server/errors.ts';
import { readAt, withAt } from './paths.ts';

/** What is being edited: values by dotted path, and the faults that the server found at them. */
export interface Draft {
  value: object;
  /** What was read or saved last, and which version it is. */
  saved: object;
  version: number;
  at(path: string): unknown;
  set(path: string, value: unknown): void;
  /** Puts another whole draft in place, as one step that can be undone. */
  replace(value: object): void;
  canUndo: boolean;
  undo(): void;
  faultAt(path: string): string | undefined;
  faults: readonly FieldFault[];
  setFaults(faults: readonly FieldFault[]): void;
  /** What the tester finds wrong while people type: stands at the fields, takes no focus. */
  setLiveFaults(faults: readonly FieldFault[]): void;
  isDirty: boolean;
  /** From here on the draft differs from `saved`, which is `version`, in what `value` says. */
  startFrom(saved: object, version: number, value?: object): void;
}

interface State {
  value: object;
  saved: object;
  version: number;
  /** Earlier drafts, each with the path that was changed after it. */
  past: readonly { value: object; path: string | null }[];
}

const MOST_STEPS = 200;
const DraftContext = createContext<Draft | null>(null);

export function DraftProvider({
  initial,
  version,
  children,
}: {
  initial: object;
  version: number;
  children: ReactNode;
}) {
  const [state, setState] = useState<State>({ value: initial, saved: initial, version, past: [] });
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [liveFaults, setLiveFaults] = useState<readonly FieldFault[]>([]);
  const set = useCallback((path: string, next: unknown) => {
    setState((known) => stepped(known, withAt(known.value, path.split('.'), next) as object, path));
    setFaults((known) => known.filter((fault) => fault.path !== path && !fault.path.startsWith(`${path}.`)));
  }, []);
  const { value, saved, past } = state;
  const draft = useMemo<Draft>(
    () => ({
      ...state,
      at: (path) => readAt(value, path.split('.')),
      set,
      replace: (next) => setState((known) => stepped(known, next, null)),
      canUndo: past.length > 0,
      undo: () =>
        setState((known) => ({
          ...known,
          value: known.past.at(-1)?.value ?? known.value,
          past: known.past.slice(0, -1),
        })),
      faultAt: (path) => [...faults, ...liveFaults].find((fault) => fault.path === path)?.message,
      faults,
      setFaults,
      setLiveFaults,
      isDirty: !isSame(value, saved),
      startFrom(from, at, next = from) {
        setState({ saved: from, version: at, value: next, past: [] });
        setFaults([]);
      },
    }),
    [state, value, saved, past, faults, liveFaults, set],
  );
  return <DraftContext value={draft}>{children}</DraftContext>;
}

/** Typing in one field is one step. */
function stepped(known: State, value: object, path: string | null): State {
  const isSameField =
    path !== null && known.past.at(-1)?.path === path && typeof readAt(value, path.split('.')) === 'string';
  return {
    ...known,
    value,
    past: isSameField ? known.past : [...known.past, { value: known.value, path }].slice(-MOST_STEPS),
  };
}

export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (draft === null) throw new Error('A field stands outside of its editor.');
  return draft;
}
