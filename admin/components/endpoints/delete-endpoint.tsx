'use client';

import { useRouter } from 'next/navigation';
import { bringEndpointBack, removeEndpoint } from '../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import { useUndo } from '../../lib/use-undo.ts';
import { backWords } from './back-words.ts';
import { DeleteDialog } from './delete-dialog.tsx';

/** Asks for the name before an endpoint is deleted, and offers to bring it back afterwards. */
export function DeleteEndpoint({ id, name, onClose }: { id: string; name: string; onClose(): void }) {
  const router = useRouter();
  const { run, isBusy } = useAct();
  const tellUndo = useUndo();
  const remove = async (incidents: 'close' | 'keep') => {
    const acted = await run(() => removeEndpoint(id, incidents), '');
    if (!acted.ok) return;
    tellUndo(`${name} is deleted.`, () => bringEndpointBack(id), backWords(name, incidents));
    onClose();
    router.push('/endpoints');
  };
  return (
    <DeleteDialog
      title="Delete this endpoint?"
      words={name}
      ask={{
        label: 'Type the name to confirm',
        description: name,
        incidents: 'Close its open incidents, with a note',
      }}
      isBusy={isBusy}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>
        Its URL answers 404 at once, and no other endpoint ever gets it. Webhooks that were accepted still settle, and
        history stays readable.
      </p>
    </DeleteDialog>
  );
}
