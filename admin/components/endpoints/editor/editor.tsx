'use client';

import { Alert, Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import type { FieldFault } from '../../../server/errors.ts';
import type { EndpointInput } from '../../../server/endpoints/schemas.ts';
import { DraftProvider, useDraft } from './draft.tsx';
import { FaultList } from './faults.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { SECTIONS } from './sections.tsx';
import { Side, ToolButtons, useTool, type Tool } from './side.tsx';
import { useSave } from './use-save.tsx';

const RecipeDialog = dynamic(() => import('./recipe-dialog.tsx').then((module) => module.RecipeDialog), { ssr: false });

interface Edited {
  id: string;
  initial: EndpointInput;
  version: number;
  /** What the regular check finds wrong with the saved version. */
  problems: readonly FieldFault[];
  /** The ticketing part of an endpoint of which nothing is said. */
  defaults: object;
  sampleBody: string;
  tool: Tool | null;
}

/** The whole configuration of an endpoint in sections. What is judged, is judged by the verb's own schema on saving. */
export function EndpointEditor(edited: Edited) {
  return (
    <DraftProvider initial={edited.initial} version={edited.version}>
      <EditorForm {...edited} />
    </DraftProvider>
  );
}

function EditorForm({ id, problems, defaults, sampleBody, tool: firstTool }: Edited) {
  const draft = useDraft();
  const router = useRouter();
  const { tool, choose } = useTool(firstTool);
  const { save, isBusy, doubts, dialogs } = useSave(id, problems);
  const field = useRef<string | null>(null);
  useEffect(() => {
    document.querySelector<HTMLElement>('.editor [aria-invalid="true"]')?.focus();
  }, [draft.faults]);
  return (
    <div className="editor" data-tool={tool ?? undefined}>
      <nav className="editor-toc" aria-label="Sections">
        {SECTIONS.map(({ id: section, title }) => (
          <a key={section} href={`#${section}`}>
            {title}
          </a>
        ))}
      </nav>
      <form
        className="stack"
        onFocus={({ target }) => {
          field.current = target.closest('[data-path]')?.getAttribute('data-path') ?? field.current;
        }}
        onSubmit={(event) => {
          event.preventDefault();
          void save(draft.value);
        }}
      >
        <div className="tools">
          <ToolButtons tool={tool} onChoose={choose} />
          <RecipeButton defaults={defaults} />
          <Button component="a" href={`/endpoints/${id}/versions`} size="xs" variant="default">
            Versions
          </Button>
        </div>
        {draft.faults.length > 0 && (
          <Alert color="red" title="Not saved yet" role="alert">
            <FaultList items={draft.faults} />
          </Alert>
        )}
        {doubts.length > 0 && (
          <Alert color="orange" title="Saved, but look at this" role="status">
            <FaultList items={doubts} />
          </Alert>
        )}
        {SECTIONS.map(({ id: section, title, words, fields }) => (
          <section key={section} id={section} className="card stack" aria-label={title}>
            <div>
              <h2>{title}</h2>
              <p className="lead">{words}</p>
            </div>
            {fields()}
          </section>
        ))}
        <SaveBar isBusy={isBusy} onDone={() => router.push(`/endpoints/${id}`)} onSave={save} />
      </form>
      {tool !== null && (
        <Side tool={tool} id={id} sampleBody={sampleBody} field={() => field.current} onClose={() => choose(null)} />
      )}
      {dialogs}
      <LeaveGuard isOn={draft.isDirty} />
    </div>
  );
}

function RecipeButton({ defaults }: { defaults: object }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        Recipe …
      </Button>
      {isOpen && <RecipeDialog defaults={defaults} onClose={() => setOpen(false)} />}
    </>
  );
}

function SaveBar({
  isBusy,
  onDone,
  onSave,
}: {
  isBusy: boolean;
  onDone(): void;
  onSave(value: object): Promise<void>;
}) {
  const { value, at, isDirty, canUndo, undo } = useDraft();
  return (
    <div className="save-bar">
      <span className="quiet" role="status">
        {isDirty ? 'Unsaved changes.' : 'Everything is saved.'}
      </span>
      {canUndo && (
        <Button variant="subtle" leftSection={<IconArrowBackUp size={16} aria-hidden="true" />} onClick={undo}>
          Undo
        </Button>
      )}
      <Button variant="default" onClick={onDone} disabled={isDirty}>
        Done
      </Button>
      {at('draft') !== true && (
        <Button variant="default" disabled={!isDirty} onClick={() => onSave({ ...value, draft: true })}>
          Save as draft
        </Button>
      )}
      <Button type="submit" loading={isBusy} disabled={!isDirty}>
        Save
      </Button>
    </div>
  );
}
