'use client';

import { notifications } from '@mantine/notifications';
import dynamic from 'next/dynamic';
import { useState, type ReactNode } from 'react';
import { copyEndpoint, saveEndpoint, sendTest } from '../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import type { EndpointAnswer } from '../../server/endpoints/schemas.ts';
import { tellWithUndo } from '../../lib/undo-notice.tsx';

const DeleteEndpoint = dynamic(() => import('./delete-endpoint.tsx').then((module) => module.DeleteEndpoint), {
  ssr: false,
});
const CloneMade = dynamic(() => import('./clone-made.tsx').then((module) => module.CloneMade), { ssr: false });

export interface ListedEndpoint {
  id: string;
  name: string;
  url: string;
  enabled: boolean;
  pinned: boolean;
}

/** What the person who looks may do with endpoints. */
export interface May {
  change: boolean;
  test: boolean;
}

export interface EndpointActions {
  isBusy: boolean;
  copyUrl(): void;
  test(status: 0 | 1): void;
  pin(): void;
  toggle(): void;
  clone(): void;
  remove(): void;
  /** Whatever is asked or told beside the page. */
  dialogs: ReactNode;
}

/** What can be done with one endpoint, from wherever its menu stands. */
export function useEndpointActions({ id, name, url, enabled, pinned }: ListedEndpoint): EndpointActions {
  const { run, isBusy } = useAct();
  const [isDeleting, setDeleting] = useState(false);
  const [made, setMade] = useState<EndpointAnswer | null>(null);
  const put = async (change: { enabled: boolean } | { pinned: boolean }, words: string, back: typeof change) => {
    const acted = await run(() => saveEndpoint(id, change), '');
    if (acted.ok) tellWithUndo(words, () => run(() => saveEndpoint(id, back), 'Taken back.'));
  };
  return {
    isBusy,
    copyUrl: () => void copyUrl(url),
    test: (status) =>
      void run(
        () => sendTest(id, status),
        status === 0 ? 'Sent: a monitor went down.' : 'Sent: the monitor came back.',
      ),
    pin: () => void put({ pinned: !pinned }, pinned ? `${name} is unpinned.` : `${name} is pinned.`, { pinned }),
    toggle: () => void put({ enabled: !enabled }, enabled ? `${name} is paused.` : `${name} is on again.`, { enabled }),
    clone: () =>
      void run(() => copyEndpoint(id), '').then((acted) => {
        if (acted.ok) setMade(acted.value);
      }),
    remove: () => setDeleting(true),
    dialogs: (
      <>
        {isDeleting && <DeleteEndpoint id={id} name={name} onClose={() => setDeleting(false)} />}
        {made !== null && <CloneMade made={made} onClose={() => setMade(null)} />}
      </>
    ),
  };
}

/** A browser gives no clipboard to a page that came over plain HTTP: then the URL is shown instead. */
async function copyUrl(url: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(url);
    notifications.show({ message: 'The URL is copied.', withBorder: true });
  } catch {
    notifications.show({ message: `The browser does not let it be copied: ${url}`, color: 'red', autoClose: false });
  }
}
