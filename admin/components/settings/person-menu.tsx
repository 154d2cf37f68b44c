'use client';

import { ActionIcon, Button, Menu, Modal, TextInput } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { endAllSessions, removePerson, savePerson } from '../../app/(console)/settings/people/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import type { UserView } from '../../server/users/schemas.ts';

const PersonForm = dynamic(() => import('./person-form.tsx').then((module) => module.PersonForm), { ssr: false });
const PasswordForm = dynamic(() => import('./person-form.tsx').then((module) => module.PasswordForm), { ssr: false });

/** What an administrator does with somebody. */
export function PersonMenu({ person, isMe }: { person: UserView; isMe: boolean }) {
  const { run } = useAct();
  const [shown, setShown] = useState<'edit' | 'password' | 'delete' | null>(null);
  const close = () => setShown(null);
  return (
    <span className="tools row-actions">
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`What to do with ${person.name}`}>
            <IconDots size={18} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setShown('edit')}>Edit</Menu.Item>
          <Menu.Item onClick={() => setShown('password')}>New password</Menu.Item>
          <Menu.Item
            disabled={person.sessions === 0}
            onClick={() => run(() => endAllSessions(person.id), 'The sessions have ended.')}
          >
            End {isMe ? 'my other' : 'all'} sessions
          </Menu.Item>
          {!isMe && (
            <Menu.Item
              onClick={() =>
                run(
                  () => savePerson(person.id, { disabled: !person.disabled }),
                  person.disabled ? `${person.name} may sign in again.` : `${person.name} is disabled.`,
                )
              }
            >
              {person.disabled ? 'Enable' : 'Disable'}
            </Menu.Item>
          )}
          {!isMe && (
            <Menu.Item color="red" onClick={() => setShown('delete')}>
              Delete
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {shown === 'edit' && <PersonForm person={person} onClose={close} />}
      {shown === 'password' && <PasswordForm person={person} onClose={close} />}
      {shown === 'delete' && <DeletePerson person={person} onClose={close} />}
    </span>
  );
}

function DeletePerson({ person, onClose }: { person: UserView; onClose(): void }) {
  const { run, isBusy } = useAct();
  const [typed, setTyped] = useState('');
  const remove = async () => {
    if ((await run(() => removePerson(person.id), `${person.name} is deleted.`)).ok) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Delete ${person.name}?`} centered>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void remove();
        }}
      >
        <p>What they did stays in the audit. To keep the account for later, disable it.</p>
        <TextInput
          label={`Type ${person.email}`}
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" color="red" loading={isBusy} disabled={typed.trim() !== person.email}>
          Delete
        </Button>
      </form>
    </Modal>
  );
}
