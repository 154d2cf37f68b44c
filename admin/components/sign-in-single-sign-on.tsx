'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';
import { signInAddress } from '../lib/next-page.ts';

/** Goes to the OpenID Connect provider, which sends the person back signed in: over the sign-in page, which knows what is safe. */
export function SignInSingleSignOn({ name, next }: { name: string; next: string }) {
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function go() {
    setBusy(true);
    setFault(null);
    const back = signInAddress(next);
    const response = await fetch('/api/auth/sign-in/social', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'oidc', callbackURL: back, errorCallbackURL: back }),
    }).catch(() => null);
    const answer = response?.ok ? ((await response.json()) as { url?: string }) : {};
    if (answer.url) return window.location.assign(answer.url);
    setBusy(false);
    setFault('Single sign-on does not answer at the moment.');
  }

  return (
    <div className="stack">
      <Button variant="default" loading={isBusy} fullWidth onClick={go}>
        {name}
      </Button>
      <p role="alert" className="fault" hidden={fault === null}>
        {fault}
      </p>
    </div>
  );
}
