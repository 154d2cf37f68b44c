'use client';

import { Alert, Select, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { useDraft } from './draft.tsx';
import { inserted, pathText, type Steps } from './insert-path.ts';
import { JsonTree } from './json-tree.tsx';
import { patchOf } from './patch-of.ts';
import { PlanTold } from './plan-told.tsx';
import { useDryRun, type Sample } from './use-dry-run.ts';
import { useRecorded } from './use-recorded.ts';

const TYPED = 'typed';

/** A body, recorded or pasted, planned with what stands in the form, anew at every change. */
export function Tester({ id, sampleBody, field }: { id: string; sampleBody: string; field(): string | null }) {
  const draft = useDraft();
  const recorded = useRecorded(id);
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState(() => JSON.stringify(JSON.parse(sampleBody), null, 2));
  const shown = chosen ?? recorded?.[0]?.value ?? TYPED;
  const sample: Sample = shown === TYPED ? { body: text } : { webhookId: shown };
  const { view, problem, faults, isBusy } = useDryRun(id, sample, patchOf(draft.value));
  const { setLiveFaults } = draft;
  useEffect(() => {
    setLiveFaults(faults);
    return () => setLiveFaults([]);
  }, [faults, setLiveFaults]);
  const pick = (steps: Steps, value: unknown) => {
    const target = field();
    const clicked = { steps, value: String(value), splitPath: draft.at('ticketing.splitPath') };
    const next = target === null ? null : inserted(target, draft.at(target), clicked);
    if (target !== null && next !== null) return draft.set(target, next);
    void navigator.clipboard.writeText(pathText(steps));
    notifications.show({ message: `${pathText(steps)} is copied. A field that takes a path gets it at once.` });
  };
  return (
    <>
      <p className="quiet">Nothing is saved or sent. The plan follows as you type.</p>
      {recorded !== null && recorded.length > 0 && (
        <Select
          label="Webhook"
          data={[...recorded, { value: TYPED, label: 'A body of your own' }]}
          value={shown}
          allowDeselect={false}
          onChange={setChosen}
        />
      )}
      {shown === TYPED && (
        <Textarea
          label="Body"
          value={text}
          rows={8}
          error={problem === 'This is not JSON yet.' ? problem : undefined}
          onChange={(event) => setText(event.currentTarget.value)}
          styles={{ input: { fontFamily: 'var(--mono)', fontSize: '0.8rem' } }}
        />
      )}
      {problem !== null && problem !== 'This is not JSON yet.' && (
        <Alert color="red" title="No plan yet" role="status">
          {faults.length === 0 ? problem : faults.map(({ path, message }) => <p key={path}>{`${path}: ${message}`}</p>)}
        </Alert>
      )}
      {view !== null && (
        <div className="stack" data-stale={isBusy || problem !== null || undefined}>
          <PlanTold view={view} />
          <details open>
            <summary>The body: click a value to use it in the field you were in</summary>
            <JsonTree value={view.body} onPick={pick} />
          </details>
        </div>
      )}
    </>
  );
}
