'use client';

import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { dropPasskey } from '../../app/(console)/settings/account/actions.ts';
import { usePasskeysHere } from '../../lib/use-passkeys-here.ts';
import type { PasskeyView } from '../../server/users/schemas.ts';
import { ConfirmButton } from '../confirm-button.tsx';
import { TimeAgo } from '../time-ago.tsx';

const Add = dynamic(() => import('./passkey-forms.tsx').then((module) => module.AddPasskey), { ssr: false });
const Rename = dynamic(() => import('./passkey-forms.tsx').then((module) => module.RenamePasskey), { ssr: false });

/** What opens this account without a password. `adminUrl` is the address to which they belong. */
export function Passkeys({ items, adminUrl }: { items: readonly PasskeyView[]; adminUrl: string }) {
  const here = usePasskeysHere(new URL(adminUrl).hostname);
  const [isAdding, setAdding] = useState(false);
  const [named, setNamed] = useState<PasskeyView | null>(null);
  return (
    <section className="card stack" aria-label="Passkeys">
      <div className="head">
        <h2>Passkeys</h2>
        {here === 'yes' && <Button onClick={() => setAdding(true)}>Add a passkey</Button>}
      </div>
      <p className="quiet">
        Sign in with a finger, a face or a PIN instead of a password and a code; nothing to type, nothing to steal.
      </p>
      {here === 'elsewhere' && (
        <p className="warn-text">
          A passkey belongs to one address. Open the console at{' '}
          <a href={adminUrl} className="inherit">
            {adminUrl}
          </a>{' '}
          to add or use one.
        </p>
      )}
      {here === 'unsupported' && (
        <p className="warn-text">This browser offers no passkeys here: they need https, or localhost.</p>
      )}
      <ul className="rows" aria-label="Your passkeys">
        {items.map((passkey) => (
          <li key={passkey.id}>
            <span>
              <strong>{passkey.name}</strong>
              <small className="quiet block">
                {passkey.createdAt !== null && (
                  <>
                    added <TimeAgo at={passkey.createdAt} />
                  </>
                )}
                {passkey.isSynced && ' · on several devices'}
              </small>
            </span>
            <span className="tools row-actions">
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Rename ${passkey.name}`}
                onClick={() => setNamed(passkey)}
              >
                <IconPencil size={16} aria-hidden="true" />
              </ActionIcon>
              <ConfirmButton
                label={`Remove ${passkey.name}`}
                verb="Remove"
                title="Remove this passkey?"
                words={`“${passkey.name}” opens this account no more. The device keeps its half until it is deleted there.`}
                icon={<IconTrash size={16} aria-hidden="true" />}
                action={dropPasskey.bind(null, passkey.id)}
                done="The passkey is removed."
              />
            </span>
          </li>
        ))}
      </ul>
      {isAdding && <Add onClose={() => setAdding(false)} />}
      {named !== null && <Rename passkey={named} onClose={() => setNamed(null)} />}
    </section>
  );
}
