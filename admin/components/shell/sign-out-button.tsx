'use client';

import { ActionIcon } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { mayLeave } from '../../lib/leave-guard.ts';

/** Ends the session on the server, then shows the sign-in page. */
export function SignOutButton() {
  const router = useRouter();
  async function signOut() {
    await fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    router.replace('/sign-in');
    router.refresh();
  }
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      title="Sign out"
      aria-label="Sign out"
      onClick={() => mayLeave(signOut) && void signOut()}
    >
      <IconLogout size={18} stroke={1.7} aria-hidden="true" />
    </ActionIcon>
  );
}
