'use client';

import { Anchor, Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';

const WORDS: Record<number, string> = {
  400: 'This took too long or too many tries. Start again with your password.',
  401: 'This code is wrong, or was used already.',
  429: 'Too many tries. Wait a minute and try again.',
};

/** The step after a good password: a code of the authenticator app, or one of the recovery codes. */
export function SignInSecondFactor({ onDone }: { onDone(): void }) {
  const [isRecovery, setRecovery] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function verify(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '').trim();
    setBusy(true);
    setFault(null);
    const response = await fetch(`/api/auth/two-factor/verify-${isRecovery ? 'backup-code' : 'totp'}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: isRecovery ? code : code.replace(/\s/g, '') }),
    }).catch(() => null);
    if (response?.ok) return onDone();
    setBusy(false);
    setFault(
      response === null
        ? 'The server does not answer.'
        : (WORDS[response.status] ?? 'Signing in does not work at the moment.'),
    );
  }

  return (
    <form className="card stack" onSubmit={verify} method="post">
      <TextInput
        key={isRecovery ? 'recovery' : 'app'}
        label={isRecovery ? 'Recovery code' : 'Code of your authenticator app'}
        name="code"
        autoComplete="one-time-code"
        inputMode={isRecovery ? 'text' : 'numeric'}
        required
        autoFocus
      />
      <p role="alert" className="fault" hidden={fault === null}>
        {fault}
      </p>
      <Button type="submit" loading={isBusy} fullWidth>
        Go on
      </Button>
      <Anchor component="button" type="button" size="sm" onClick={() => setRecovery(!isRecovery)}>
        {isRecovery ? 'Use the authenticator app' : 'Use a recovery code'}
      </Anchor>
    </form>
  );
}
