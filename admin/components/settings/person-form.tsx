'use client';

import { Button, Checkbox, Modal, PasswordInput, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { makePerson, newPassword, savePerson } from '../../app/(console)/settings/people/actions.ts';
import type { Acted } from '../../lib/act.ts';
import { useAct } from '../../lib/use-act.ts';
import type { UserView } from '../../server/users/schemas.ts';

/** Somebody new, or somebody's name, role and company. */
export function PersonForm({ person, onClose }: { person: UserView | null; onClose(): void }) {
  const [role, setRole] = useState<string | null>(person?.role ?? 'viewer');
  const send = (form: FormData) => {
    const [name, company, password] = [text(form, 'name'), text(form, 'company'), passwordOf(form)];
    const body = { name, role, company: company === '' ? null : company };
    return person !== null
      ? savePerson(person.id, body)
      : makePerson({ ...body, email: text(form, 'email'), ...(password !== '' && { password }) });
  };
  return (
    <Sheet
      title={person === null ? 'New person' : person.name}
      done={person === null ? 'Can sign in now.' : 'Saved.'}
      send={send}
      onClose={onClose}
    >
      {(faults) => (
        <>
          {person === null && (
            <TextInput name="email" type="email" label="E-mail" required data-autofocus error={faults['email']} />
          )}
          <TextInput name="name" label="Name" required defaultValue={person?.name ?? ''} error={faults['name']} />
          <Select
            label="Role"
            data={['viewer', 'operator', 'admin']}
            allowDeselect={false}
            value={role}
            onChange={setRole}
            error={faults['role']}
          />
          <TextInput
            name="company"
            label="Only this company"
            autoComplete="off"
            defaultValue={person?.company ?? ''}
            error={faults['company']}
          />
          {person === null && (
            <PasswordInput
              name="password"
              label="Password"
              description="Blank for somebody who comes by single sign-on."
              autoComplete="new-password"
              error={faults['password']}
            />
          )}
        </>
      )}
    </Sheet>
  );
}

/** A new password for somebody who lost theirs. */
export function PasswordForm({ person, onClose }: { person: UserView; onClose(): void }) {
  const send = (form: FormData) =>
    newPassword(person.id, {
      password: passwordOf(form),
      removeSecondFactor: form.get('removeSecondFactor') === 'on',
      removePasskeys: form.get('removePasskeys') === 'on',
    });
  return (
    <Sheet title={`New password for ${person.name}`} done="Every session has ended." send={send} onClose={onClose}>
      {(faults) => (
        <>
          <PasswordInput
            name="password"
            label="Password"
            required
            data-autofocus
            autoComplete="new-password"
            error={faults['password']}
          />
          {person.hasSecondFactor && <Checkbox name="removeSecondFactor" label="Take the second factor away too" />}
          {person.passkeys > 0 && <Checkbox name="removePasskeys" label="Take the passkeys away too" />}
        </>
      )}
    </Sheet>
  );
}

function Sheet({
  title,
  done,
  send,
  onClose,
  children,
}: {
  title: string;
  done: string;
  send(form: FormData): Promise<Acted<unknown>>;
  onClose(): void;
  children(faults: Record<string, string>): ReactNode;
}) {
  const { run, isBusy } = useAct();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const acted = await run(() => send(form), done, 'shown');
    if (acted.ok) onClose();
    else setFaults(Object.fromEntries(acted.faults.map(({ path, message }) => [path, message])));
  };
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <form className="stack" onSubmit={save}>
        {children(faults)}
        <Button type="submit" loading={isBusy}>
          Save
        </Button>
      </form>
    </Modal>
  );
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** Blanks at the ends belong to a password. */
function passwordOf(form: FormData): string {
  const value = form.get('password');
  return typeof value === 'string' ? value : '';
}
