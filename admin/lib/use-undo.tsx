'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import type { Acted } from './act.ts';
import { useAct } from './use-act.ts';

const SHOWN_MS = 15_000;

/** Tells what was done, with a button that takes it back for as long as it is shown. */
export function useUndo() {
  const { run } = useAct();
  return useCallback(
    (done: string, undo: () => Promise<Acted<unknown>>, undone: string) => {
      const id = notifications.show({
        message: (
          <span className="tools">
            <span className="grow">{done}</span>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => {
                notifications.hide(id);
                void run(undo, undone);
              }}
            >
              Undo
            </Button>
          </span>
        ),
        color: 'teal',
        withBorder: true,
        autoClose: SHOWN_MS,
      });
    },
    [run],
  );
}
