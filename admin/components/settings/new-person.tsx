'use client';

import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';

const PersonForm = dynamic(() => import('./person-form.tsx').then((module) => module.PersonForm), { ssr: false });

export function NewPerson() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden="true" />} onClick={() => setOpen(true)}>
        New person
      </Button>
      {isOpen && <PersonForm person={null} onClose={() => setOpen(false)} />}
    </>
  );
}
