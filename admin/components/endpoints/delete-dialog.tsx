'use client';

import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';

/** Asks for some words before endpoints are deleted, and what becomes of their open incidents. */
export function DeleteDialog({
  title,
  words,
  ask,
  isBusy,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  /** What must be typed. */
  words: string;
  ask: { label: string; description?: string; incidents: string };
  isBusy: boolean;
  onConfirm(incidents: 'close' | 'keep'): void;
  onClose(): void;
  children: ReactNode;
}) {
  const [typed, setTyped] = useState('');
  const [closesIncidents, setCloses] = useState(false);
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed === words) onConfirm(closesIncidents ? 'close' : 'keep');
        }}
      >
        {children}
        <Checkbox
          label={ask.incidents}
          checked={closesIncidents}
          onChange={(event) => setCloses(event.currentTarget.checked)}
        />
        <TextInput
          label={ask.label}
          description={ask.description}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
          autoComplete="off"
        />
        <Button type="submit" color="red" disabled={typed !== words} loading={isBusy}>
          Delete now
        </Button>
      </form>
    </Modal>
  );
}
