'use client';

import { Modal } from '@mantine/core';
import { SecretsOnce, type MadeSecrets } from './secrets-once.tsx';

/** Stands in the way until the secrets that a change made are taken. */
export function SecretsDialog({ title, made, onTaken }: { title: string; made: MadeSecrets; onTaken(): void }) {
  return (
    <Modal opened onClose={onTaken} title={title} centered closeOnClickOutside={false}>
      <SecretsOnce made={made} onTaken={onTaken} />
    </Modal>
  );
}
