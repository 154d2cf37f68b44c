'use client';

import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { restoreEndpoint } from '../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import { IdentityDialog } from './identity-dialog.tsx';
import { movedOf, type MovedIncidents } from './moved-incidents.ts';
import { SecretsDialog } from './secrets-dialog.tsx';
import { secretsOf, type MadeSecrets } from './secrets-once.tsx';

/** Restores an earlier version after a question; a second one where open incidents would lose their sender. */
export function RestoreVersion({ id, version }: { id: string; version: number }) {
  const { run, isBusy } = useAct();
  const [isAsking, setAsking] = useState(false);
  const [moved, setMoved] = useState<MovedIncidents | null>(null);
  const [made, setMade] = useState<MadeSecrets | null>(null);
  const restore = async (confirm?: 'identity') => {
    const acted = await run(() => restoreEndpoint(id, version, confirm), `Version ${version} holds again.`);
    setAsking(false);
    setMoved(acted.ok ? null : movedOf(acted.details));
    if (acted.ok) setMade(secretsOf(acted.value));
  };
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        Restore
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={`Restore version ${version}?`} centered>
        <div className="stack">
          <p>It is saved as the newest version and holds from the next webhook on. Secrets stay as they are now.</p>
          <div className="tools">
            <Button data-autofocus loading={isBusy} onClick={() => restore()}>
              Restore
            </Button>
            <Button variant="default" onClick={() => setAsking(false)}>
              Leave it
            </Button>
          </div>
        </div>
      </Modal>
      {made !== null && (
        <SecretsDialog title={`Version ${version} holds again`} made={made} onTaken={() => setMade(null)} />
      )}
      {moved !== null && (
        <IdentityDialog
          moved={moved}
          isBusy={isBusy}
          onConfirm={() => restore('identity')}
          onClose={() => setMoved(null)}
        />
      )}
    </>
  );
}
