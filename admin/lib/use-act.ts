'use client';

import { notifications } from '@mantine/notifications';
import { useRouter } from 'next/navigation';
import { useCallback, useState } from 'react';
import type { Acted } from './act.ts';

const LOST = {
  ok: false,
  message: 'The console does not answer. Check the connection and try again.',
  faults: [],
} as const;

/** Runs actions one at a time, says how each ended, and shows the page anew. */
export function useAct() {
  const router = useRouter();
  const [isBusy, setBusy] = useState(false);
  const run = useCallback(
    async <T>(
      asked: () => Promise<Acted<T>>,
      done: string | ((value: T) => string),
      faults: 'told' | 'shown' = 'told',
    ): Promise<Acted<T>> => {
      setBusy(true);
      const acted = await asked().catch((): Acted<T> => LOST);
      setBusy(false);
      const message = !acted.ok ? acted.message : typeof done === 'string' ? done : done(acted.value);
      const isShown = !acted.ok && (isAsked(acted.details) || (faults === 'shown' && acted.faults.length > 0));
      if (message !== '' && !isShown)
        notifications.show({ message, color: acted.ok ? 'teal' : 'red', withBorder: true });
      if (acted.ok) router.refresh();
      return acted;
    },
    [router],
  );
  return { run, isBusy };
}

/** A refusal that has a reason is put to the person in a dialog of its own. */
function isAsked(details: object | undefined): boolean {
  return details !== undefined && 'reason' in details;
}
