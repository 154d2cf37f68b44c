'use client';

import { Button, PasswordInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';
import { askAuth } from '../../lib/ask-auth.ts';

/** A new password for oneself; it asks for the current one, and every other session ends. */
export function OwnPassword({ email }: { email: string }) {
  const router = useRouter();
  const [fault, setFault] = useState<{ code: string; message: string } | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const sheet = event.currentTarget;
    const form = new FormData(sheet);
    const body = { currentPassword: form.get('current'), newPassword: form.get('new'), revokeOtherSessions: true };
    setBusy(true);
    const asked = await askAuth('/change-password', body);
    setBusy(false);
    setFault(asked.ok ? null : asked);
    if (!asked.ok) return;
    sheet.reset();
    const message = 'The password is changed. Every other session has ended.';
    notifications.show({ message, color: 'teal', withBorder: true });
    router.refresh();
  }

  const isOfNow = fault?.code === 'INVALID_PASSWORD';
  return (
    <form className="card stack" aria-label="Password" onSubmit={submit}>
      <h2>Password</h2>
      <input type="text" name="username" value={email} readOnly hidden autoComplete="username" />
      <PasswordInput
        name="current"
        label="Current password"
        autoComplete="current-password"
        required
        error={isOfNow ? fault.message : null}
      />
      <PasswordInput
        name="new"
        label="New password"
        description="8 characters at least. Every other session ends."
        autoComplete="new-password"
        minLength={8}
        maxLength={256}
        required
        error={isOfNow ? null : fault?.message}
      />
      <div>
        <Button type="submit" loading={isBusy}>
          Change the password
        </Button>
      </div>
    </form>
  );
}
