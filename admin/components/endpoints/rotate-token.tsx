'use client';

import { Button, Modal, Select } from '@mantine/core';
import { useState } from 'react';
import { newToken } from '../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../lib/use-act.ts';

const OVERLAPS = [
  { value: '0', label: 'Not at all: every old one is dead at once' },
  { value: '600', label: 'For ten minutes' },
  { value: '3600', label: 'For an hour' },
  { value: '86400', label: 'For a day' },
  { value: '604800', label: 'For a week' },
  { value: '2592000', label: 'For thirty days' },
];

/** Asks how long the old token shall still open, then makes a new one. */
export function RotateToken({ id, onMade, onClose }: { id: string; onMade(token: string): void; onClose(): void }) {
  const { run, isBusy } = useAct();
  const [overlap, setOverlap] = useState('600');
  const rotate = async () => {
    const acted = await run(() => newToken(id, Number(overlap)), 'A new token was made.');
    if (acted.ok) onMade(acted.value.token);
  };
  return (
    <Modal opened onClose={onClose} title="Make a new token?" centered>
      <div className="stack">
        <p>Every sender of this endpoint must be given the new one before the old one stops.</p>
        <p className="quiet">
          {overlap === '0'
            ? 'Tokens that were replaced earlier stop now as well.'
            : 'Tokens that were replaced earlier open for as long as was chosen then.'}
        </p>
        <Select
          label="The old token still opens"
          data={OVERLAPS}
          value={overlap}
          allowDeselect={false}
          onChange={(next) => next !== null && setOverlap(next)}
          comboboxProps={{ withinPortal: true }}
        />
        <div className="tools">
          <Button color={overlap === '0' ? 'red' : 'brand'} loading={isBusy} onClick={rotate} data-autofocus>
            Make a new token
          </Button>
          <Button variant="default" onClick={onClose}>
            Keep the old one
          </Button>
        </div>
      </div>
    </Modal>
  );
}
