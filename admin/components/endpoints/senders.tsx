'use client';

import { Button } from '@mantine/core';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { sendTest } from '../../app/(console)/endpoints/actions.ts';
import { roleIncludes, type Role } from '../../../infra/auth/roles.ts';
import type { SenderFacts } from '../../lib/snippets.ts';
import { useAct } from '../../lib/use-act.ts';
import { SendASample } from './send-a-sample.tsx';

const RotateToken = dynamic(() => import('./rotate-token.tsx').then((module) => module.RotateToken), { ssr: false });

/** How senders reach an endpoint, a new token for them, and a genuine sample from here. */
export function Senders({
  id,
  role,
  facts,
  isEnabled,
}: {
  id: string;
  role: Role;
  facts: SenderFacts;
  isEnabled: boolean;
}) {
  const { run, isBusy } = useAct();
  const [token, setToken] = useState<string | null>(null);
  const [isRotating, setRotating] = useState(false);
  const send = (status: 0 | 1) =>
    run(() => sendTest(id, status), status === 0 ? 'Sent: a monitor went down.' : 'Sent: the monitor came back.');
  return (
    <section className="card stack" aria-label="Send to it">
      <h2>Send to it</h2>
      <SendASample facts={{ ...facts, token: token ?? facts.token }} isTokenKnown={token !== null} />
      {roleIncludes(role, 'operator') && (
        <div className="tools">
          <Button size="xs" variant="default" disabled={isBusy || !isEnabled} onClick={() => send(0)}>
            Send a test: down
          </Button>
          <Button size="xs" variant="default" disabled={isBusy || !isEnabled} onClick={() => send(1)}>
            Send a test: up
          </Button>
          {roleIncludes(role, 'admin') && facts.token !== null && (
            <Button size="xs" variant="default" disabled={isBusy} onClick={() => setRotating(true)}>
              New token …
            </Button>
          )}
        </div>
      )}
      {isRotating && (
        <RotateToken
          id={id}
          onMade={(made) => {
            setToken(made);
            setRotating(false);
          }}
          onClose={() => setRotating(false)}
        />
      )}
    </section>
  );
}
