'use client';

import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { askAuth, codeAsTyped } from '../../lib/ask-auth.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

const WAYS = {
  codes: { title: 'New recovery codes', path: '/two-factor/generate-backup-codes', verb: 'Make new codes' },
  remove: { title: 'Remove the second factor', path: '/two-factor/disable', verb: 'Remove it' },
} as const;

/** New recovery codes, or no second factor any more: each takes the password and a code. */
export function SecondFactorChange({ what, onClose }: { what: keyof typeof WAYS; onClose(): void }) {
  const { title, path, verb } = WAYS[what];
  const [codes, setCodes] = useState<string[] | null>(null);
  const [fault, setFault] = useState<{ code: string; message: string } | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { password: form.get('password'), code: codeAsTyped(String(form.get('code') ?? '')) };
    setBusy(true);
    const asked = await askAuth<{ backupCodes?: string[] }>(path, body);
    setBusy(false);
    setFault(asked.ok ? null : asked);
    if (!asked.ok) return;
    if (asked.value.backupCodes !== undefined) return setCodes(asked.value.backupCodes);
    notifications.show({ message: 'The second factor is removed.', color: 'teal', withBorder: true });
    onClose();
  }

  const isOfPassword = fault?.code === 'INVALID_PASSWORD';
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={codes === null} title={title} centered>
      {codes !== null ? (
        <RecoveryCodes codes={codes} onKept={onClose} />
      ) : (
        <form className="stack" onSubmit={submit}>
          <p className="quiet">
            {what === 'codes'
              ? 'The codes you have now stop working.'
              : 'Your password alone opens the console then, and the recovery codes stop working.'}
          </p>
          <PasswordInput
            name="password"
            label="Your password"
            autoComplete="current-password"
            required
            data-autofocus
            error={isOfPassword ? fault.message : null}
          />
          <TextInput
            name="code"
            label="A code of the app, or a recovery code"
            autoComplete="one-time-code"
            required
            error={isOfPassword ? null : fault?.message}
          />
          <Button type="submit" color={what === 'remove' ? 'red' : 'brand'} loading={isBusy}>
            {verb}
          </Button>
        </form>
      )}
    </Modal>
  );
}
