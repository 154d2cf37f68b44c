'use client';

import { Alert, Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { mergePatch } from '../../../server/endpoints/merge-patch.ts';
import type { EndpointAnswer } from '../../../server/endpoints/schemas.ts';
import type { VersionDiff } from '../../../server/endpoints/version-schemas.ts';
import { VersionChanges } from '../version-changes.tsx';
import { changesOf } from './changes-of.ts';
import { useDraft } from './draft.tsx';
import { editedPart } from './edited-part.ts';
import type { SavedMeanwhile } from './saved-meanwhile.ts';

/** Shows what somebody else saved while the form was open, and lets a person go on from there, with or without their own changes. */
export function MeanwhileDialog({ id, saved, onClose }: { id: string; saved: SavedMeanwhile; onClose(): void }) {
  const draft = useDraft();
  const { version: read } = draft;
  const [found, setFound] = useState<{ theirs: EndpointAnswer; diff: VersionDiff } | null>(null);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const look = async <T,>(path: string) => {
      const response = await fetch(`/api/v1/endpoints/${id}${path}`, { signal: stop.signal });
      if (!response.ok) throw new Error('The endpoint cannot be read.');
      return (await response.json()) as T;
    };
    void Promise.all([look<EndpointAnswer>(''), look<VersionDiff>(`/versions/${read}/diff/${saved.version}`)])
      .then(([theirs, diff]) => setFound({ theirs, diff }))
      .catch(() => !stop.signal.aborted && setLost(true));
    return () => stop.abort();
  }, [id, read, saved.version]);
  const goOn = (withMine: boolean) => {
    if (found === null) return;
    const theirs = editedPart(draft.saved, found.theirs);
    const mine = mergePatch(theirs, changesOf(draft.saved, draft.value)) as object;
    draft.startFrom(theirs, found.theirs.version, withMine ? mine : theirs);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Somebody else saved meanwhile" centered size="lg">
      <div className="stack">
        <p>
          {saved.savedBy ?? 'Somebody'} saved version {saved.version} while you edited version {read}. Yours was not
          saved.
        </p>
        {isLost && (
          <Alert color="red" title="It cannot be read now" role="alert">
            Stay here and save again in a moment; your changes stand in the form.
          </Alert>
        )}
        {found !== null && <VersionChanges diff={found.diff} />}
        <div className="tools">
          <Button data-autofocus disabled={found === null} onClick={() => goOn(true)}>
            Put mine on top
          </Button>
          <Button variant="default" disabled={found === null} onClick={() => goOn(false)}>
            Take theirs, lose mine
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Back to the form
          </Button>
        </div>
        <p className="quiet">
          On top: the form shows their version with your changes in it, to be looked at and saved. Where both changed a
          place, yours stands there.
        </p>
      </div>
    </Modal>
  );
}
