'use client';

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const SHOWN_MS = 10_000;

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
      <span className="head">
        {message}
        <Button size="compact-sm" variant="subtle" onClick={takeBack}>
          Undo
        </Button>
      </span>
    ),
  });
}
