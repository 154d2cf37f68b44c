'use client';

import { useRouter } from 'next/navigation';
import { useState, type FormEvent } from 'react';

const WORDS: Record<number, string> = {
  401: 'E-mail or password is wrong.',
  400: 'E-mail or password is wrong.',
  429: 'Too many tries. Wait a minute and try again.',
};

export function SignInForm() {
  const router = useRouter();
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

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
    setBusy(false);
    if (response?.ok) {
      router.replace('/incidents');
      router.refresh();
    } else
      setFault(
        response === null
          ? 'The server does not answer.'
          : (WORDS[response.status] ?? 'Signing in does not work at the moment.'),
      );
  }

  return (
    <form className="card stack" onSubmit={signIn}>
      <label>
        E-mail
        <input name="email" type="email" autoComplete="username" required autoFocus />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <p role="alert" className="fault" hidden={fault === null}>
        {fault}
      </p>
      <button className="button primary" disabled={isBusy}>
        {isBusy ? 'Signing in …' : 'Sign in'}
      </button>
    </form>
  );
}
