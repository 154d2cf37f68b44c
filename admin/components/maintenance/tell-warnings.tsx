'use client';

import { notifications } from '@mantine/notifications';

/** Says what is doubtful about a window that was saved all the same; stays until it is closed. */
export function tellWarnings(name: string, warnings: readonly { message: string }[]): void {
  if (warnings.length === 0) return;
  notifications.show({
    color: 'yellow',
    withBorder: true,
    autoClose: false,
    message: (
      <>
        <strong>Saved, but look at it again</strong>
        {warnings.map(({ message }) => (
          <p key={message} className="wrap">
            “{name}” {message}
          </p>
        ))}
      </>
    ),
  });
}
