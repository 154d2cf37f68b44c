'use client';

import { Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconArrowsDiff,
  IconCopy,
  IconExternalLink,
  IconFilter,
  IconHistory,
  IconPlugConnected,
  IconRepeat,
} from '@tabler/icons-react';
import { Link } from '../link.tsx';
import { useRouter } from 'next/navigation';
import { replay } from '../../app/(console)/history/actions.ts';
import { useAct } from '../../lib/use-act.ts';
import type { OpenRow } from './row-menu.tsx';

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** What can be done with one row, where the pointer is; closed, the focus is where it was. */
export function RowActions({ open, onClose }: { open: OpenRow; onClose(): void }) {
  const router = useRouter();
  const { run } = useAct();
  const { id, endpoint, source, row } = open;
  const pick = row.querySelector<HTMLInputElement>('input[name=pick]');
  const again = (rules: 'today' | 'recorded') => run(() => replay(id, rules), 'Replayed as a new webhook.');
  const copy = async () => {
    await navigator.clipboard.writeText(id);
    notifications.show({ message: 'The request id is copied.', withBorder: true });
  };
  const only = (name: string, value: string) => router.push(`/history?${new URLSearchParams({ [name]: value })}`);
  const close = () => {
    onClose();
    row.querySelector<HTMLElement>('[data-row-menu]')?.focus();
  };
  return (
    <Menu
      opened
      onClose={close}
      position="bottom-start"
      withinPortal
      withInitialFocusPlaceholder={false}
      returnFocus={false}
      shadow="md"
    >
      <Menu.Target>
        <button
          type="button"
          className="menu-place"
          tabIndex={-1}
          aria-label="Actions for this webhook"
          style={{ left: open.x, top: open.y }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconExternalLink {...icon} />} component={Link} href={`/history/${id}`}>
          Open
        </Menu.Item>
        {open.mayReplay && (
          <>
            <Menu.Item leftSection={<IconRepeat {...icon} />} onClick={() => again('today')}>
              Replay with today’s rules
            </Menu.Item>
            <Menu.Item leftSection={<IconHistory {...icon} />} onClick={() => again('recorded')}>
              Replay as recorded
            </Menu.Item>
          </>
        )}
        {pick !== null && (
          <Menu.Item leftSection={<IconArrowsDiff {...icon} />} onClick={() => pick.click()}>
            {pick.checked ? 'Do not compare' : 'Choose to compare'}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy {...icon} />} onClick={copy}>
          Copy the request id
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconFilter {...icon} />} onClick={() => only('endpoint', endpoint)}>
          Only this endpoint
        </Menu.Item>
        <Menu.Item leftSection={<IconFilter {...icon} />} onClick={() => only('source', source)}>
          Only this source
        </Menu.Item>
        <Menu.Item leftSection={<IconPlugConnected {...icon} />} component={Link} href={`/endpoints/${endpoint}`}>
          Open the endpoint
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
