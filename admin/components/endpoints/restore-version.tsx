'use client';

import { Button, Modal } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { restoreEndpoint } from '../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import { savedMeanwhile, type SavedMeanwhile } from './editor/saved-meanwhile.ts';
import { IdentityDialog } from './identity-dialog.tsx';
import { movedOf, type MovedIncidents } from './moved-incidents.ts';
import { SecretsDialog } from './secrets-dialog.tsx';
import { secretsOf, type MadeSecrets } from './secrets-once.tsx';

/**
 * Restores an earlier version after a question; a second one where open incidents would lose their sender. Nothing is restored
 * over a version that the page does not show yet: it is said who saved it.
 */
export function RestoreVersion({ id, version, current }: { id: string; version: number; current: number }) {
  const router = useRouter();
  const { run, isBusy } = useAct();
  const [isAsking, setAsking] = useState(false);
  const [moved, setMoved] = useState<MovedIncidents | null>(null);
  const [made, setMade] = useState<MadeSecrets | null>(null);
  const [meanwhile, setMeanwhile] = useState<SavedMeanwhile | null>(null);
  const restore = async (confirm?: 'identity') => {
    const on = { expectedVersion: current, ...(confirm && { confirm }) };
    const acted = await run(() => restoreEndpoint(id, version, on), `Version ${version} holds again.`);
    setAsking(false);
    setMoved(acted.ok ? null : movedOf(acted.details));
    setMeanwhile(acted.ok ? null : savedMeanwhile(acted.details));
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
      {meanwhile !== null && (
        <Modal opened onClose={() => setMeanwhile(null)} title="Somebody else saved meanwhile" centered>
          <div className="stack">
            <p>
              {meanwhile.savedBy ?? 'Somebody'} saved version {meanwhile.version} after this page was opened. Version{' '}
              {version} was not restored.
            </p>
            <div className="tools">
              <Button
                data-autofocus
                onClick={() => {
                  setMeanwhile(null);
                  router.push(`/endpoints/${id}/versions?from=${current}&to=${meanwhile.version}`);
                  router.refresh();
                }}
              >
                Show what was saved
              </Button>
              <Button variant="default" onClick={() => setMeanwhile(null)}>
                Leave it
              </Button>
            </div>
          </div>
        </Modal>
      )}
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
