'use client';

import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState, type FormEvent } from 'react';
import { askAuth, codeAsTyped } from '../../lib/ask-auth.ts';
import { CopySnippet } from '../reference/copy-snippet.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

interface Begun {
  totpURI: string;
  backupCodes: string[];
}

const TITLES = { password: 'Second factor: who you are', scan: 'Second factor: scan', codes: 'Recovery codes' };

/** Password, then the QR code with a first code of the app, then the recovery codes. It counts only after that first code. */
export function SecondFactorSetup({ onClose }: { onClose(): void }) {
  const [begun, setBegun] = useState<Begun | null>(null);
  const [isConfirmed, setConfirmed] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const ask = async <T,>(path: string, body: object, done: (value: T) => void) => {
    setBusy(true);
    const asked = await askAuth<T>(path, body);
    setBusy(false);
    setFault(asked.ok ? null : asked.message);
    if (asked.ok) done(asked.value);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (begun === null) return ask<Begun>('/two-factor/enable', { password: form.get('password') }, setBegun);
    return ask('/two-factor/verify-totp', { code: codeAsTyped(String(form.get('code') ?? '')) }, () => {
      setConfirmed(true);
      notifications.show({ message: 'The second factor is on.', color: 'teal', withBorder: true });
    });
  };

  const step = begun === null ? 'password' : isConfirmed ? 'codes' : 'scan';
  return (
    <Modal opened onClose={onClose} closeOnClickOutside={step === 'password'} title={TITLES[step]} centered>
      {begun !== null && isConfirmed ? (
        <RecoveryCodes codes={begun.backupCodes} onKept={onClose} />
      ) : (
        <form className="stack" onSubmit={submit}>
          {begun === null ? (
            <PasswordInput
              key="password"
              name="password"
              label="Your password"
              autoComplete="current-password"
              required
              data-autofocus
              error={fault}
            />
          ) : (
            <>
              <p>Scan this with an authenticator app, or type the secret into it.</p>
              <QrCode text={begun.totpURI} label="QR code for the authenticator app" />
              <CopySnippet text={secretOf(begun.totpURI)} label="Copy the secret" />
              <TextInput
                key="code"
                name="code"
                label="The code that the app shows"
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                autoFocus
                error={fault}
              />
            </>
          )}
          <Button type="submit" loading={isBusy}>
            {begun === null ? 'Go on' : 'Turn it on'}
          </Button>
        </form>
      )}
    </Modal>
  );
}

/** The secret in groups of four, as apps take it. */
function secretOf(totpUri: string): string {
  const secret = new URL(totpUri).searchParams.get('secret') ?? '';
  return secret.replace(/(.{4})(?=.)/g, '$1 ');
}
