'use client';

import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconDots,
  IconHistory,
  IconLink,
  IconPencil,
  IconPin,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { saveEndpoint } from '../../app/(console)/endpoints/actions.ts';
import { useAct } from '../../lib/use-act.ts';

const DeleteEndpoint = dynamic(() => import('./delete-endpoint.tsx').then((module) => module.DeleteEndpoint), {
  ssr: false,
});

export interface ListedEndpoint {
  id: string;
  name: string;
  url: string;
  enabled: boolean;
  pinned: boolean;
}

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** What can be done with an endpoint from its card. */
export function EndpointMenu({ endpoint, mayChange }: { endpoint: ListedEndpoint; mayChange: boolean }) {
  const { id, name, url, enabled, pinned } = endpoint;
  const { run, isBusy } = useAct();
  const [isDeleting, setDeleting] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    notifications.show({ message: 'The URL is copied.', withBorder: true });
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${name}`} loading={isBusy}>
            <IconDots size={18} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconLink {...icon} />} onClick={copy}>
            Copy URL
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory {...icon} />} component={Link} href={`/history?endpoint=${id}`}>
            History
          </Menu.Item>
          {mayChange && (
            <>
              <Menu.Item leftSection={<IconPencil {...icon} />} component={Link} href={`/endpoints/${id}/edit`}>
                Edit
              </Menu.Item>
              <Menu.Item
                leftSection={<IconPin {...icon} />}
                onClick={() => run(() => saveEndpoint(id, { pinned: !pinned }), pinned ? 'Unpinned.' : 'Pinned.')}
              >
                {pinned ? 'Unpin' : 'Pin'}
              </Menu.Item>
              <Menu.Item
                leftSection={enabled ? <IconPlayerPause {...icon} /> : <IconPlayerPlay {...icon} />}
                onClick={() =>
                  run(
                    () => saveEndpoint(id, { enabled: !enabled }),
                    enabled ? `${name} is disabled.` : `${name} is enabled.`,
                  )
                }
              >
                {enabled ? 'Disable' : 'Enable'}
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={() => setDeleting(true)}>
                Delete …
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isDeleting && <DeleteEndpoint id={id} name={name} onClose={() => setDeleting(false)} />}
    </>
  );
}
