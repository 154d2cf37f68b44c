'use client';

import { Button } from '@mantine/core';
import { useState } from 'react';

/** Goes to the OpenID Connect provider, which sends the person back signed in. */
export function SignInSingleSignOn({ name }: { name: string }) {
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function go() {
    setBusy(true);
    setFault(null);
    const response = await fetch('/api/auth/sign-in/social', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in' }),
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
