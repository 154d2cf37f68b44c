'use client';

import { Alert, Button } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { saveEndpoint } from '../../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../../lib/use-act.ts';
import type { FieldFault } from '../../../server/errors.ts';
import type { EndpointInput } from '../../../server/endpoints/schemas.ts';
import type { MovedIncidents } from '../identity-dialog.tsx';
import { DraftProvider, useDraft } from './draft.tsx';
import { FaultList } from './faults.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { patchOf } from './patch-of.ts';
import { SECTIONS } from './sections.tsx';
import { Side, ToolButtons, useTool, type Tool } from './side.tsx';

const IdentityDialog = dynamic(() => import('../identity-dialog.tsx').then((module) => module.IdentityDialog), {
  ssr: false,
});

interface Edited {
  id: string;
  initial: EndpointInput;
  /** What the regular check finds wrong with the saved version. */
  problems: readonly FieldFault[];
  sampleBody: string;
  tool: Tool | null;
}

/** The whole configuration of an endpoint in sections. What is judged, is judged by the verb's own schema on saving. */
export function EndpointEditor(edited: Edited) {
  return (
    <DraftProvider initial={edited.initial}>
      <EditorForm {...edited} />
    </DraftProvider>
  );
}

function EditorForm({ id, problems, sampleBody, tool: firstTool }: Edited) {
  const draft = useDraft();
  const router = useRouter();
  const { run, isBusy } = useAct();
  const { tool, choose } = useTool(firstTool);
  const [doubts, setDoubts] = useState<readonly FieldFault[]>(problems);
  const [moved, setMoved] = useState<{ incidents: MovedIncidents; value: object } | null>(null);
  const field = useRef<string | null>(null);
  const save = async (value: object, confirm?: 'identity') => {
    const acted = await run(() => saveEndpoint(id, patchOf(value), confirm), savedWords(value), 'shown');
    const details = acted.ok ? null : ((acted.details ?? {}) as { reason?: string });
    setMoved(details?.reason === 'identity' ? { incidents: details as MovedIncidents, value } : null);
    if (!acted.ok) return draft.setFaults(acted.faults);
    setDoubts(acted.value.warnings ?? []);
    draft.markSaved(value);
  };
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
        <div className="save-bar">
          <span className="quiet" role="status">
            {draft.isDirty ? 'Unsaved changes.' : 'Everything is saved.'}
          </span>
          <Button variant="default" onClick={() => router.push(`/endpoints/${id}`)} disabled={draft.isDirty}>
            Done
          </Button>
          {draft.at('draft') !== true && (
            <Button variant="default" disabled={!draft.isDirty} onClick={() => save({ ...draft.value, draft: true })}>
              Save as draft
            </Button>
          )}
          <Button type="submit" loading={isBusy} disabled={!draft.isDirty}>
            Save
          </Button>
        </div>
      </form>
      {tool !== null && (
        <Side tool={tool} id={id} sampleBody={sampleBody} field={() => field.current} onClose={() => choose(null)} />
      )}
      {moved !== null && (
        <IdentityDialog
          moved={moved.incidents}
          isBusy={isBusy}
          onConfirm={() => save(moved.value, 'identity')}
          onClose={() => setMoved(null)}
        />
      )}
      <LeaveGuard isOn={draft.isDirty} />
    </div>
  );
}

function savedWords(value: object): string {
  return 'draft' in value && value.draft === true
    ? 'Saved as a draft: webhooks are planned, no ticket is made.'
    : 'Saved. It holds from the next webhook on.';
}
