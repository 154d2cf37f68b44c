'use client';

import dynamic from 'next/dynamic';
import { useState, type ReactNode } from 'react';
import { saveEndpoint } from '../../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../../lib/use-act.ts';
import type { FieldFault } from '../../../server/errors.ts';
import { movedOf, type MovedIncidents } from '../moved-incidents.ts';
import { secretsOf, type MadeSecrets } from '../secrets-once.tsx';
import { changesOf } from './changes-of.ts';
import { useDraft } from './draft.tsx';
import { editedPart } from './edited-part.ts';
import { savedMeanwhile, type SavedMeanwhile } from './saved-meanwhile.ts';

const IdentityDialog = dynamic(() => import('../identity-dialog.tsx').then((module) => module.IdentityDialog), {
  ssr: false,
});
const SecretsDialog = dynamic(() => import('../secrets-dialog.tsx').then((module) => module.SecretsDialog), {
  ssr: false,
});
const MeanwhileDialog = dynamic(() => import('./meanwhile-dialog.tsx').then((module) => module.MeanwhileDialog), {
  ssr: false,
});

export interface Saving {
  isBusy: boolean;
  /** What is doubtful about the saved version. */
  doubts: readonly FieldFault[];
  save(value: object): Promise<void>;
  dialogs: ReactNode;
}

/** Saves what was changed in the form, unless somebody else saved meanwhile or open incidents would be lost: then it asks. */
export function useSave(id: string, problems: readonly FieldFault[]): Saving {
  const draft = useDraft();
  const { run, isBusy } = useAct();
  const [doubts, setDoubts] = useState(problems);
  const [made, setMade] = useState<MadeSecrets | null>(null);
  const [moved, setMoved] = useState<{ incidents: MovedIncidents; value: object } | null>(null);
  const [meanwhile, setMeanwhile] = useState<SavedMeanwhile | null>(null);
  const save = async (value: object, confirm?: 'identity') => {
    const on = { expectedVersion: draft.version, ...(confirm && { confirm }) };
    const asked = () => saveEndpoint(id, changesOf(draft.saved, value), on);
    const acted = await run(asked, savedWords(value), 'shown');
    const incidents = acted.ok ? null : movedOf(acted.details);
    setMoved(incidents === null ? null : { incidents, value });
    setMeanwhile(acted.ok ? null : savedMeanwhile(acted.details));
    if (!acted.ok) return draft.setFaults(acted.faults);
    setDoubts(acted.value.warnings ?? []);
    setMade(secretsOf(acted.value));
    draft.startFrom(editedPart(draft.saved, acted.value), acted.value.version);
  };
  return {
    isBusy,
    doubts,
    save,
    dialogs: (
      <>
        {moved !== null && (
          <IdentityDialog
            moved={moved.incidents}
            isBusy={isBusy}
            onConfirm={() => save(moved.value, 'identity')}
            onClose={() => setMoved(null)}
          />
        )}
        {made !== null && <SecretsDialog title="Saved, with a new secret" made={made} onTaken={() => setMade(null)} />}
        {meanwhile !== null && <MeanwhileDialog id={id} saved={meanwhile} onClose={() => setMeanwhile(null)} />}
      </>
    ),
  };
}

function savedWords(value: object): string {
  return 'draft' in value && value.draft === true
    ? 'Saved as a draft: webhooks are planned, no ticket is made.'
    : 'Saved. It holds from the next webhook on.';
}
