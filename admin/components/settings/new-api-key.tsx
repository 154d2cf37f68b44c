'use client';

import { Button, Modal } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { CopySnippet } from '../reference/copy-snippet.tsx';

const KeyForm = dynamic(() => import('./api-key-form.tsx').then((module) => module.ApiKeyForm), { ssr: false });

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
