'use client';

import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { countOf } from './use-bulk.ts';

/** Names what would be deleted and asks for a word about it: their URLs are gone for good. */
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
  const [typed, setTyped] = useState('');
  const [closesIncidents, setCloses] = useState(false);
  const words = `delete ${chosen.length}`;
  return (
    <Modal opened onClose={onClose} title={`Delete ${countOf(chosen.length)}?`} centered>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === words) onConfirm(closesIncidents ? 'close' : 'keep');
        }}
      >
        <p>
          Their URLs answer 404 at once and are never used again. Webhooks that were accepted still settle, and history
          stays readable.
        </p>
        <ul className="plain scroll" tabIndex={0} aria-label="To be deleted">
          {chosen.map(({ id, name }) => (
            <li key={id} className="wrap">
              {name}
            </li>
          ))}
        </ul>
        <Checkbox
          label="Close their open incidents, with a note"
          checked={closesIncidents}
          onChange={(event) => setCloses(event.currentTarget.checked)}
        />
        <TextInput
          label={`Type “${words}” to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <Button type="submit" color="red" disabled={typed !== words} loading={isBusy}>
          Delete for good
        </Button>
      </form>
    </Modal>
  );
}
