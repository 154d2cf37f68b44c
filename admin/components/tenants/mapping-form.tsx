'use client';

import { ActionIcon, Button, Modal, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { makeMapping, removeMapping, saveMapping } from '../../app/(console)/tenants/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import { useUndo } from '../../lib/use-undo.ts';
import type { TenantMappingView } from '../../server/tenant-mappings/schemas.ts';

const FIELDS = [
  { name: 'tenant', label: 'Tenant', placeholder: 'Acme*', required: true },
  { name: 'companyId', label: 'Company', placeholder: 'ACME', required: true },
  { name: 'description', label: 'Description', placeholder: '', required: false },
] as const;

export function NewMapping() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
        New tenant
      </Button>
      {isOpen && <MappingForm kept={null} onClose={() => setOpen(false)} />}
    </>
  );
}

export function MappingActions({ mapping }: { mapping: TenantMappingView }) {
  const [isOpen, setOpen] = useState(false);
  const { run, isBusy } = useAct();
  const tellUndo = useUndo();
  const remove = async () => {
    const { tenant, companyId, description } = mapping;
    const acted = await run(() => removeMapping(mapping.id), '');
    if (acted.ok)
      tellUndo(
        `“${tenant}” is deleted.`,
        () => makeMapping({ tenant, companyId, description }),
        `“${tenant}” is mapped again.`,
      );
  };
  return (
    <span className="tools row-actions">
      <ActionIcon variant="subtle" color="gray" aria-label={`Edit ${mapping.tenant}`} onClick={() => setOpen(true)}>
        <IconPencil size={16} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="red"
        aria-label={`Delete ${mapping.tenant}`}
        loading={isBusy}
        onClick={remove}
      >
        <IconTrash size={16} aria-hidden="true" />
      </ActionIcon>
      {isOpen && <MappingForm kept={mapping} onClose={() => setOpen(false)} />}
    </span>
  );
}

function MappingForm({ kept, onClose }: { kept: TenantMappingView | null; onClose(): void }) {
  const { run, isBusy } = useAct();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const body = Object.fromEntries(new FormData(event.currentTarget));
    const acted =
      kept === null
        ? await run(() => makeMapping(body), 'The tenant is mapped.')
        : await run(() => saveMapping(kept.id, body), 'Saved.');
    if (acted.ok) onClose();
    else setFaults(Object.fromEntries(acted.faults.map(({ path, message }) => [path, message])));
  };
  return (
    <Modal opened onClose={onClose} title={kept === null ? 'New tenant' : 'Edit tenant'} centered>
      <form className="stack" onSubmit={save}>
        {FIELDS.map((field, at) => (
          <TextInput
            key={field.name}
            {...field}
            defaultValue={kept?.[field.name] ?? ''}
            error={faults[field.name]}
            autoComplete="off"
            {...(at === 0 && { 'data-autofocus': true })}
          />
        ))}
        <Button type="submit" loading={isBusy}>
          Save
        </Button>
      </form>
    </Modal>
  );
}
