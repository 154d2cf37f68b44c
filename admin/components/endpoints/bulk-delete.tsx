'use client';

import { DeleteDialog } from './delete-dialog.tsx';
import { countOf } from './use-bulk.ts';

/** Names what would be deleted and asks for a word about it. */
export function BulkDelete({
  chosen,
  isBusy,
  onConfirm,
  onClose,
}: {
  chosen: readonly { id: string; name: string }[];
  isBusy: boolean;
  onConfirm(incidents: 'close' | 'keep'): void;
  onClose(): void;
}) {
  const words = `delete ${chosen.length}`;
  return (
    <DeleteDialog
      title={`Delete ${countOf(chosen.length)}?`}
      words={words}
      ask={{ label: `Type “${words}” to confirm`, incidents: 'Close their open incidents, with a note' }}
      isBusy={isBusy}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>
        Their URLs answer 404 at once, and no other endpoint ever gets them. Webhooks that were accepted still settle,
        and history stays readable.
      </p>
      <ul className="plain scroll" tabIndex={0} aria-label="To be deleted">
        {chosen.map(({ id, name }) => (
          <li key={id} className="wrap">
            {name}
          </li>
        ))}
      </ul>
    </DeleteDialog>
  );
}
