'use client';

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { saveSettings } from '../../app/(console)/settings/actions.ts';
import { useAct } from '../../lib/use-act.ts';

/** How long webhooks are kept. */
export function Retention({ days, mayChange }: { days: number; mayChange: boolean }) {
  const { run, isBusy } = useAct();
  const [value, setValue] = useState<number | string>(days);
  const [fault, setFault] = useState<string | null>(null);
  const save = async () => {
    const acted = await run(() => saveSettings({ logRetentionDays: value }), 'Saved.');
    setFault(acted.ok ? null : acted.message);
  };
  return (
    <form
      className="card stack"
      aria-label="Retention"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>Retention</h2>
      <TextInput
        type="number"
        label="Keep webhooks for"
        description="Older days are removed whole. Tickets, incidents and numbers stay."
        rightSection={<small className="quiet">days</small>}
        min={1}
        max={3650}
        readOnly={!mayChange}
        value={value}
        error={fault}
        onChange={({ currentTarget: { value: typed } }) => setValue(typed === '' ? '' : Number(typed))}
      />
      {mayChange && (
        <div>
          <Button type="submit" loading={isBusy} disabled={value === days}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
