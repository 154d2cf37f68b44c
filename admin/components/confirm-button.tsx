'use client';

import { ActionIcon, Button, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Acted } from '../lib/act.ts';
import { useAct } from '../lib/use-act.ts';

/** A small button that asks once before it acts. */
export function ConfirmButton({
  label,
  title,
  words,
  verb = 'Delete',
  icon,
  action,
  done,
}: {
  label: string;
  title: string;
  words: string;
  verb?: string;
  icon: ReactNode;
  action(): Promise<Acted<unknown>>;
  done: string;
}) {
  const { run, isBusy } = useAct();
  const [isOpen, setOpen] = useState(false);
  const confirm = async () => {
    if ((await run(action, done)).ok) setOpen(false);
  };
  return (
    <>
      <ActionIcon variant="subtle" color="red" aria-label={label} onClick={() => setOpen(true)}>
        {icon}
      </ActionIcon>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={title} centered>
        <div className="stack">
          <p className="wrap">{words}</p>
          <div className="tools">
            <Button color="red" loading={isBusy} onClick={confirm}>
              {verb}
            </Button>
            <Button variant="default" data-autofocus onClick={() => setOpen(false)}>
              Keep
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
