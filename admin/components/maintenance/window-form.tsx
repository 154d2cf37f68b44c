'use client';

import { ActionIcon, Button, Modal, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { makeWindow, removeWindow, saveWindow } from '../../app/(console)/maintenance/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import { useUndo } from '../../lib/use-undo.ts';
import { NEW_WINDOW, WindowFields, type WindowDraft } from '../endpoints/editor/window-fields.tsx';
import { ConfirmButton } from '../confirm-button.tsx';
import { tellWarnings } from './tell-warnings.tsx';

interface Kept {
  id: string;
  name: string;
  window: object;
}

export function NewWindow() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
        New window
      </Button>
      {isOpen && <WindowForm kept={null} onClose={() => setOpen(false)} />}
    </>
  );
}

export function WindowActions({ window: kept }: { window: Kept }) {
  const [isOpen, setOpen] = useState(false);
  const tellUndo = useUndo();
  const remove = async () => {
    const acted = await removeWindow(kept.id);
    if (acted.ok)
      tellUndo(
        `“${kept.name}” is deleted.`,
        () => makeWindow({ name: kept.name, window: kept.window }),
        `“${kept.name}” is back. What it held goes its way.`,
      );
    return acted;
  };
  return (
    <span className="tools row-actions">
      <ActionIcon variant="subtle" color="gray" aria-label={`Edit ${kept.name}`} onClick={() => setOpen(true)}>
        <IconPencil size={16} aria-hidden="true" />
      </ActionIcon>
      <ConfirmButton
        label={`Delete ${kept.name}`}
        title="Delete this window?"
        words={`What “${kept.name}” holds is taken up at once.`}
        icon={<IconTrash size={16} aria-hidden="true" />}
        action={remove}
        done=""
      />
      {isOpen && <WindowForm kept={kept} onClose={() => setOpen(false)} />}
    </span>
  );
}

function WindowForm({ kept, onClose }: { kept: Kept | null; onClose(): void }) {
  const { run, isBusy } = useAct();
  const [name, setName] = useState(kept?.name ?? '');
  const [value, setValue] = useState<WindowDraft>((kept?.window as WindowDraft | undefined) ?? NEW_WINDOW);
  const [faults, setFaults] = useState<readonly { path: string; message: string }[]>([]);
  const save = async () => {
    const body = { name, window: value };
    const acted = await run(
      () => (kept === null ? makeWindow(body) : saveWindow(kept.id, body)),
      ({ warnings }) => (warnings.length > 0 ? '' : kept === null ? 'The window is made.' : 'Saved.'),
    );
    if (!acted.ok) return setFaults(acted.faults);
    tellWarnings(name, acted.value.warnings);
    onClose();
  };
  const faultAt = (path: string) =>
    faults.find((fault) => fault.path === path || fault.path.startsWith(`${path}.`))?.message;
  return (
    <Modal opened onClose={onClose} title={kept === null ? 'New window' : 'Edit window'} size="lg" centered>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label="Name"
          placeholder="Patch night"
          required
          data-autofocus
          value={name}
          error={faultAt('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <WindowFields value={value} fault={faultAt('window')} onChange={setValue} />
        <Button type="submit" loading={isBusy}>
          Save
        </Button>
      </form>
    </Modal>
  );
}
