'use client';

import { Button, TagsInput } from '@mantine/core';
import { useState } from 'react';
import { saveSettings } from '../../app/(console)/settings/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import { IdentityDialog } from '../endpoints/identity-dialog.tsx';
import { movedOf, type MovedIncidents } from '../endpoints/moved-incidents.ts';

/** Names of keys whose values are masked besides the built-in ones. */
export function MaskingWords({ words, mayChange }: { words: string[]; mayChange: boolean }) {
  const { run, isBusy } = useAct();
  const [value, setValue] = useState(words);
  const [fault, setFault] = useState<string | null>(null);
  const [moved, setMoved] = useState<MovedIncidents | null>(null);
  const save = async (confirm?: 'identity') => {
    const acted = await run(() => saveSettings({ maskingWords: value }, confirm), 'Saved.');
    setFault(acted.ok ? null : (acted.faults[0]?.message ?? acted.message));
    setMoved(acted.ok ? null : movedOf(acted.details));
  };
  const isSame = JSON.stringify(value) === JSON.stringify(words);
  return (
    <form
      className="card stack"
      aria-label="Masking"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>Masking</h2>
      <TagsInput
        label="Mask these names too"
        description="Passwords, tokens, keys and the like always are. Names are compared by whole words: “pin” masks userPin, not pinned."
        placeholder={mayChange ? 'iban' : ''}
        readOnly={!mayChange}
        value={value}
        error={fault}
        onChange={setValue}
      />
      {moved !== null && (
        <IdentityDialog
          moved={moved}
          isBusy={isBusy}
          onConfirm={() => save('identity')}
          onClose={() => setMoved(null)}
        />
      )}
      {mayChange && (
        <div>
          <Button type="submit" loading={isBusy} disabled={isSame}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
