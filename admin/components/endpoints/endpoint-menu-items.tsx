'use client';

import { Menu } from '@mantine/core';
import {
  IconCopyPlus,
  IconHistory,
  IconLink,
  IconPencil,
  IconPin,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from '../link.tsx';
import type { EndpointActions, ListedEndpoint, May } from './use-endpoint-actions.tsx';

const icon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const;

/** What can be done with an endpoint: the same by its button and by a right click. */
export function EndpointMenuItems({
  endpoint: { id, enabled, pinned },
  actions,
  may,
}: {
  endpoint: ListedEndpoint;
  actions: EndpointActions;
  may: May;
}) {
  return (
    <Menu.Dropdown>
      {may.change && (
        <Menu.Item leftSection={<IconPencil {...icon} />} component={Link} href={`/endpoints/${id}/edit`}>
          Edit
        </Menu.Item>
      )}
      {may.test && (
        <Menu.Item leftSection={<IconSend {...icon} />} disabled={!enabled} onClick={() => actions.test(0)}>
          Send a test
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconHistory {...icon} />} component={Link} href={`/history?endpoint=${id}`}>
        History
      </Menu.Item>
      <Menu.Item leftSection={<IconLink {...icon} />} onClick={actions.copyUrl}>
        Copy URL
      </Menu.Item>
      {may.change && (
        <>
          <Menu.Item leftSection={<IconCopyPlus {...icon} />} onClick={actions.clone}>
            Clone
          </Menu.Item>
          <Menu.Item leftSection={<IconPin {...icon} />} onClick={actions.pin}>
            {pinned ? 'Unpin' : 'Pin'}
          </Menu.Item>
          <Menu.Item
            leftSection={enabled ? <IconPlayerPause {...icon} /> : <IconPlayerPlay {...icon} />}
            onClick={actions.toggle}
          >
            {enabled ? 'Pause' : 'Resume'}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={actions.remove}>
            Delete …
          </Menu.Item>
        </>
      )}
    </Menu.Dropdown>
  );
}
