'use client';

import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { useState } from 'react';
import { askAuth } from '../lib/ask-auth.ts';
import { passkeyFault, usePasskeysHere } from '../lib/use-passkeys-here.ts';

/** Signs in with a passkey; not there where the browser can use none. */
export function SignInPasskey({ host, onDone }: { host: string; onDone(): void }) {
  const here = usePasskeysHere(host);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function go() {
    setBusy(true);
    setFault(null);
    const ended = await signIn();
    if (ended === null) return onDone();
    setBusy(false);
    setFault(ended);
  }

  if (here !== 'yes') return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFingerprint size={16} aria-hidden="true" />}
        loading={isBusy}
        fullWidth
        onClick={go}
      >
        Sign in with a passkey
      </Button>
      <p role="alert" className="fault" hidden={fault === null}>
        {fault}
      </p>
    </>
  );
}

/** Answers why it did not work, or null. */
async function signIn(): Promise<string | null> {
  const options = await askAuth<PublicKeyCredentialRequestOptionsJSON>('/passkey/generate-authenticate-options');
  if (!options.ok) return options.message;
  try {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    const response = await startAuthentication({ optionsJSON: { ...options.value, userVerification: 'required' } });
    const answer = await askAuth('/passkey/verify-authentication', { response });
    return answer.ok ? null : answer.message;
  } catch (error) {
    return passkeyFault(error);
  }
}
