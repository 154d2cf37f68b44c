'use client';

import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useRouter } from 'next/navigation';
import { useEffect, useState, type FormEvent } from 'react';
import { SignInPasskey } from './sign-in-passkey.tsx';
import { SignInSecondFactor } from './sign-in-second-factor.tsx';
import { SignInSingleSignOn } from './sign-in-single-sign-on.tsx';

const WORDS: Record<number, string> = {
  401: 'E-mail or password is wrong.',
  400: 'E-mail or password is wrong.',
  403: 'This account is disabled. Ask an administrator.',
  429: 'Too many tries. Wait a minute and try again.',
};

/**
 * E-mail and password, then the second factor where the person has one; or a passkey. `singleSignOn` is the name of its
 * button, null for none; `next` the page to go to, `fault` what went wrong before this page was shown.
 */
export function SignInForm({
  singleSignOn,
  passkeyHost,
  next,
  fault: first,
}: {
  singleSignOn: string | null;
  passkeyHost: string;
  next: string;
  fault: string | null;
}) {
  const router = useRouter();
  const [fault, setFault] = useState(first);
  const [isBusy, setBusy] = useState(false);
  const [isHalfway, setHalfway] = useState(false);

  function enter() {
    router.replace(next);
    router.refresh();
  }
  const [isReady, setReady] = useState(false);
  useEffect(() => setReady(true), []);

  async function signIn(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFault(null);
    const response = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: form.get('email'), password: form.get('password') }),
    }).catch(() => null);
    if (response?.ok) {
      const { twoFactorRedirect } = (await response.json()) as { twoFactorRedirect?: boolean };
      return twoFactorRedirect ? setHalfway(true) : enter();
    }
    setBusy(false);
    setFault(
      response === null
        ? 'The server does not answer.'
        : (WORDS[response.status] ?? 'Signing in does not work at the moment.'),
    );
  }

  if (isHalfway) return <SignInSecondFactor onDone={enter} />;
  return (
    <form className="card stack" onSubmit={signIn} method="post">
      <TextInput label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
      <PasswordInput label="Password" name="password" autoComplete="current-password" required />
      <p role="alert" className="fault" hidden={fault === null}>
        {fault}
      </p>
      <Button type="submit" loading={isBusy} disabled={!isReady} fullWidth>
        Sign in
      </Button>
      <SignInPasskey host={passkeyHost} onDone={enter} />
      {singleSignOn !== null && <SignInSingleSignOn name={singleSignOn} next={next} />}
    </form>
  );
}
