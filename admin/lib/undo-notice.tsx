'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const SHOWN_MS = 15_000;

/** Says what was done, with a way to take it back for as long as it is shown. */
export function tellWithUndo(message: string, undo: () => Promise<unknown>): void {
  const id = crypto.randomUUID();
  const takeBack = () => {
    notifications.hide(id);
    void undo();
  };
  notifications.show({
    id,
    color: 'teal',
    withBorder: true,
    autoClose: SHOWN_MS,
    message: (
      <span className="tools">
        <span className="grow">{message}</span>
        <Button size="compact-sm" variant="default" onClick={takeBack}>
          Undo
        </Button>
      </span>
    ),
  });
}
