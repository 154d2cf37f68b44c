'use client';

import { Button } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';

const Setup = dynamic(() => import('./second-factor-setup.tsx').then((module) => module.SecondFactorSetup), {
  ssr: false,
});
const Change = dynamic(() => import('./second-factor-change.tsx').then((module) => module.SecondFactorChange), {
  ssr: false,
});

/** Whether signing in takes a code besides the password, and what one can do about it. */
export function SecondFactor({ isOn, hasPassword }: { isOn: boolean; hasPassword: boolean }) {
  const router = useRouter();
  const [shown, setShown] = useState<'setup' | 'codes' | 'remove' | null>(null);
  const close = () => {
    setShown(null);
    router.refresh();
  };
  return (
    <section className="card stack" aria-label="Second factor">
      <div className="head">
        <h2>Second factor</h2>
        <span className={`badge ${isOn ? 'good' : 'calm'}`}>{isOn ? 'on' : 'off'}</span>
      </div>
      <p className="quiet">
        {isOn
          ? 'Signing in with the password also takes a code of your authenticator app.'
          : hasPassword
            ? 'A code of an authenticator app besides the password, so that a stolen password opens nothing.'
            : 'You come by single sign-on: a second factor is set up there.'}
      </p>
      {isOn ? (
        <div className="tools">
          <Button variant="default" onClick={() => setShown('codes')}>
            New recovery codes
          </Button>
          <Button variant="subtle" color="red" onClick={() => setShown('remove')}>
            Remove
          </Button>
        </div>
      ) : (
        hasPassword && (
          <div>
            <Button onClick={() => setShown('setup')}>Set up</Button>
          </div>
        )
      )}
      {shown === 'setup' && <Setup onClose={close} />}
      {(shown === 'codes' || shown === 'remove') && <Change what={shown} onClose={close} />}
    </section>
  );
}
