'use client';

import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { removeEndpoint } from '../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../lib/use-act.ts';

/** Asks for the name before an endpoint is deleted: its URL is gone for good. */
export function DeleteEndpoint({ id, name, onClose }: { id: string; name: string; onClose(): void }) {
  const router = useRouter();
  const { run, isBusy } = useAct();
  const [typed, setTyped] = useState('');
  const [closesIncidents, setCloses] = useState(false);
  const remove = async () => {
    const acted = await run(() => removeEndpoint(id, closesIncidents ? 'close' : 'keep'), `${name} is deleted.`);
    if (!acted.ok) return;
    onClose();
    router.push('/endpoints');
  };
  return (
    <Modal opened onClose={onClose} title="Delete this endpoint?" centered>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === name) void remove();
        }}
      >
        <p>
          Its URL answers 404 at once and is never used again. Webhooks that were accepted still settle, and history
          stays readable.
        </p>
        <Checkbox
          label="Close its open incidents, with a note"
          checked={closesIncidents}
          onChange={(event) => setCloses(event.currentTarget.checked)}
        />
        <TextInput
          label="Type the name to confirm"
          description={name}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <Button type="submit" color="red" disabled={typed !== name} loading={isBusy}>
          Delete for good
        </Button>
      </form>
    </Modal>
  );
}
