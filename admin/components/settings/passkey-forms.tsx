'use client';

import { Button, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { startRegistration, type PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { namePasskey } from '../../app/(console)/settings/account/actions.ts';
import { askAuth } from '../../lib/ask-auth.ts';
import { useAct } from '../../lib/use-act.ts';
import { passkeyFault } from '../../lib/use-passkeys-here.ts';
import type { PasskeyView } from '../../server/users/schemas.ts';

/** Names a new passkey, then lets the browser make it. */
export function AddPasskey({ onClose }: { onClose(): void }) {
  const router = useRouter();
  const [fault, setFault] = useState<{ code: string; message: string } | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function add(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    setBusy(true);
    const ended = await makePasskey(name);
    setBusy(false);
    setFault(ended);
    if (ended !== null) return;
    notifications.show({ message: `“${name}” opens this account now.`, color: 'teal', withBorder: true });
    router.refresh();
    onClose();
  }

  return (
    <Modal opened onClose={onClose} title="Add a passkey" centered>
      <form className="stack" onSubmit={add}>
        <TextInput
          name="name"
          label="Name"
          placeholder="Laptop"
          description="To tell it from others. The browser asks for the rest."
          maxLength={100}
          required
          data-autofocus
          autoComplete="off"
        />
        <p role="alert" className="fault" hidden={fault === null}>
          {fault?.message}
        </p>
        {fault?.code === 'SESSION_NOT_FRESH' ? (
          <Button onClick={signInAgain}>Sign in again</Button>
        ) : (
          <Button type="submit" loading={isBusy}>
            Go on
          </Button>
        )}
      </form>
    </Modal>
  );
}

/** Answers why it did not work, or null. */
async function makePasskey(name: string): Promise<{ code: string; message: string } | null> {
  const options = await askAuth<PublicKeyCredentialCreationOptionsJSON>('/passkey/generate-register-options');
  if (!options.ok) return options;
  try {
    const response = await startRegistration({ optionsJSON: options.value });
    const kept = await askAuth('/passkey/verify-registration', { response, name });
    return kept.ok ? null : kept;
  } catch (error) {
    return { code: '', message: passkeyFault(error) };
  }
}

async function signInAgain(): Promise<void> {
  await askAuth('/sign-out', {});
  window.location.assign('/sign-in?next=%2Fsettings%2Faccount');
}

export function RenamePasskey({ passkey, onClose }: { passkey: PasskeyView; onClose(): void }) {
  const { run, isBusy } = useAct();
  const [fault, setFault] = useState<string | null>(null);
  async function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = new FormData(event.currentTarget).get('name');
    const acted = await run(() => namePasskey(passkey.id, { name }), 'Saved.', 'shown');
    if (acted.ok) onClose();
    else setFault(acted.message);
  }
  return (
    <Modal opened onClose={onClose} title="Rename the passkey" centered>
      <form className="stack" onSubmit={save}>
        <TextInput name="name" label="Name" defaultValue={passkey.name} required data-autofocus error={fault} />
        <Button type="submit" loading={isBusy}>
          Save
        </Button>
      </form>
    </Modal>
  );
}
