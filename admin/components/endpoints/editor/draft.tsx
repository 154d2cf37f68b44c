'use client';

import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import type { FieldFault } from '../../../server/errors.ts';

/** What is being edited: values by dotted path, and the faults that the server found at them. */
export interface Draft {
  value: object;
  at(path: string): unknown;
  set(path: string, value: unknown): void;
  faultAt(path: string): string | undefined;
  faults: readonly FieldFault[];
  setFaults(faults: readonly FieldFault[]): void;
  /** What the tester finds wrong while people type: stands at the fields, takes no focus. */
  setLiveFaults(faults: readonly FieldFault[]): void;
  isDirty: boolean;
  markSaved(value: object): void;
}

const DraftContext = createContext<Draft | null>(null);

export function DraftProvider({ initial, children }: { initial: object; children: ReactNode }) {
  const [saved, setSaved] = useState(initial);
  const [value, setValue] = useState(initial);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [liveFaults, setLiveFaults] = useState<readonly FieldFault[]>([]);
  const set = useCallback((path: string, next: unknown) => {
    setValue((current) => withAt(current, path.split('.'), next) as object);
    setFaults((known) => known.filter((fault) => fault.path !== path && !fault.path.startsWith(`${path}.`)));
  }, []);
  const draft = useMemo<Draft>(
    () => ({
      value,
      at: (path) => readAt(value, path.split('.')),
      set,
      faultAt: (path) => [...faults, ...liveFaults].find((fault) => fault.path === path)?.message,
      faults,
      setFaults,
      setLiveFaults,
      isDirty: JSON.stringify(value) !== JSON.stringify(saved),
      markSaved(next) {
        setSaved(next);
        setValue(next);
        setFaults([]);
      },
    }),
    [value, saved, faults, liveFaults, set],
  );
  return <DraftContext value={draft}>{children}</DraftContext>;
}

export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (draft === null) throw new Error('A field stands outside of its editor.');
  return draft;
}

function readAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[step] : undefined,
    value,
  );
}

function withAt(value: unknown, path: readonly string[], next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === step ? withAt(item, rest, next) : item));
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  return { ...inner, [step]: withAt(inner[step], rest, next) };
}
