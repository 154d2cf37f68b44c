'use client';

import { Alert, Button } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { saveEndpoint } from '../../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../../lib/use-act.ts';
import type { EndpointInput } from '../../../server/endpoints/schemas.ts';
import { DraftProvider, useDraft } from './draft.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { patchOf } from './patch-of.ts';
import { SECTIONS } from './sections.tsx';

/** The whole configuration of an endpoint in sections. What is judged, is judged by the verb's own schema on saving. */
export function EndpointEditor({ id, initial }: { id: string; initial: EndpointInput }) {
  return (
    <DraftProvider initial={initial}>
      <EditorForm id={id} />
    </DraftProvider>
  );
}

function EditorForm({ id }: { id: string }) {
  const draft = useDraft();
  const router = useRouter();
  const { run, isBusy } = useAct();
  const save = async () => {
    const acted = await run(
      () => saveEndpoint(id, patchOf(draft.value)),
      'Saved. It holds from the next webhook on.',
      'shown',
    );
    if (acted.ok) draft.markSaved(draft.value);
    else draft.setFaults(acted.faults);
  };
  useEffect(() => {
    document.querySelector<HTMLElement>('.editor [aria-invalid="true"]')?.focus();
  }, [draft.faults]);
  return (
    <div className="editor">
      <nav className="editor-toc" aria-label="Sections">
        {SECTIONS.map(({ id: section, title }) => (
          <a key={section} href={`#${section}`}>
            {title}
          </a>
        ))}
      </nav>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {draft.faults.length > 0 && (
          <Alert color="red" title="Not saved yet" role="alert">
            <ul>
              {draft.faults.map(({ path, message }) => (
                <li key={`${path} ${message}`}>
                  {path === '' ? '' : `${path}: `}
                  {message}
                </li>
              ))}
            </ul>
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
          <Button type="submit" loading={isBusy} disabled={!draft.isDirty}>
            Save
          </Button>
        </div>
      </form>
      <LeaveGuard isOn={draft.isDirty} />
    </div>
  );
}
