'use client';

import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useDraft } from './draft.tsx';
import { NEW_WINDOW, WindowFields, type WindowDraft } from './window-fields.tsx';

const PATH = 'maintenance';

/** The maintenance windows of this endpoint alone. */
export function Windows() {
  const draft = useDraft();
  const windows = (draft.at(PATH) ?? []) as WindowDraft[];
  return (
    <>
      {windows.map((window, at) => (
        <div key={at} className="rule" role="group" aria-label={`Window ${at + 1}`}>
          <WindowFields
            value={window}
            fault={
              draft.faults.find(({ path }) => path === `${PATH}.${at}` || path.startsWith(`${PATH}.${at}.`))?.message
            }
            onChange={(next) => draft.set(`${PATH}.${at}`, next)}
          />
          <div>
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              onClick={() => draft.set(PATH, windows.toSpliced(at, 1))}
            >
              Remove window {at + 1}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => draft.set(PATH, [...windows, NEW_WINDOW])}
        >
          Add a window
        </Button>
      </div>
    </>
  );
}
