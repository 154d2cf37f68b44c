'use client';

import { Button, Modal, MultiSelect, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { makeKey } from '../../app/(console)/settings/keys/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import { CopySnippet } from '../reference/copy-snippet.tsx';

/** Makes a key and shows it this once. */
export function NewApiKeyButton({ scopes }: { scopes: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const close = () => {
    setOpen(false);
    setMade(null);
  };
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
        New key
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        closeOnClickOutside={made === null}
        title={made === null ? 'New API key' : 'Copy the key now'}
        centered
      >
        {made === null ? (
          <KeyForm scopes={scopes} onMade={setMade} />
        ) : (
          <div className="stack">
            <p>It is not shown again.</p>
            <CopySnippet text={made} label="Copy the key" />
            <Button onClick={close}>I have it</Button>
          </div>
        )}
      </Modal>
    </>
  );
}

function KeyForm({ scopes, onMade }: { scopes: readonly string[]; onMade(key: string): void }) {
  const { run, isBusy } = useAct();
  const [role, setRole] = useState<string | null>('viewer');
  const [chosen, setChosen] = useState<string[]>([]);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [company, day] = [text(form, 'company'), text(form, 'expiresAt')];
    const body = {
      name: text(form, 'name'),
      role,
      scopes: chosen,
      company: company === '' ? null : company,
      expiresAt: day === '' ? null : new Date(`${day}T23:59:59`).toISOString(),
    };
    const acted = await run(() => makeKey(body), 'The key is made.', 'shown');
    if (acted.ok) onMade(acted.value.key);
    else setFaults(Object.fromEntries(acted.faults.map(({ path, message }) => [path, message])));
  };
  return (
    <form className="stack" onSubmit={save}>
      <TextInput name="name" label="Name" placeholder="Nightly report" required data-autofocus error={faults['name']} />
      <Select
        label="Role"
        data={['viewer', 'operator', 'admin']}
        allowDeselect={false}
        value={role}
        onChange={setRole}
        error={faults['role']}
      />
      <MultiSelect
        label="Only these areas"
        description="None chosen: everything that the role allows."
        data={[...scopes]}
        value={chosen}
        onChange={setChosen}
        searchable
        error={faults['scopes']}
      />
      <TextInput name="company" label="Only this company" autoComplete="off" error={faults['company']} />
      <TextInput name="expiresAt" type="date" label="Ends after" error={faults['expiresAt']} />
      <Button type="submit" loading={isBusy}>
        Make the key
      </Button>
    </form>
  );
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
