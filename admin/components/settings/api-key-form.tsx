'use client';

import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { makeKey } from '../../app/(console)/settings/keys/actions.ts';
import { useAct } from '../../lib/use-act.ts';

/** What a new API key may do. */
export function ApiKeyForm({ scopes, onMade }: { scopes: readonly string[]; onMade(key: string): void }) {
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
