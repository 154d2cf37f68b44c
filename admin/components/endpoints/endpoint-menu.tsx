'use client';

import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { EndpointMenuItems } from './endpoint-menu-items.tsx';
import { useEndpointActions, type EndpointActions, type ListedEndpoint, type May } from './use-endpoint-actions.tsx';

/** The menu of an endpoint behind its button. */
export function MenuButton(given: { endpoint: ListedEndpoint; actions: EndpointActions; may: May }) {
  const { endpoint, actions } = given;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${endpoint.name}`} loading={actions.isBusy}>
          <IconDots size={18} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <EndpointMenuItems {...given} />
    </Menu>
  );
}

/** The button with its menu, on its own. */
export function EndpointMenu({ endpoint, may }: { endpoint: ListedEndpoint; may: May }) {
  const actions = useEndpointActions(endpoint);
  return (
    <>
      <MenuButton endpoint={endpoint} actions={actions} may={may} />
      {actions.dialogs}
    </>
  );
}
