'use client';

import { ChooseBox, Handle, NameLink, WithContextMenu, type ItemProps } from './endpoint-item.tsx';
import { MenuButton } from './endpoint-menu.tsx';
import { useEndpointActions } from './use-endpoint-actions.tsx';

/** One endpoint as a row of the list. */
export function EndpointRow(props: ItemProps) {
  const { endpoint, may, mayMove } = props;
  const { name, state, line, ticks, received, seen } = endpoint;
  const { element, handle } = props.place;
  const actions = useEndpointActions(endpoint);
  return (
    <WithContextMenu endpoint={endpoint} actions={actions} may={may}>
      <tr aria-label={name} {...element}>
        {may.change && (
          <td className="pick">
            <ChooseBox {...props} />
          </td>
        )}
        <td className="main">
          <NameLink endpoint={endpoint} />
        </td>
        <td data-label="State">{state}</td>
        <td data-label="24 hours" className="day">
          {ticks}
        </td>
        <td data-label="Trend" className="trend">
          {line}
        </td>
        <td data-label="Webhooks" className="number">
          {received}
        </td>
        <td data-label="Last">{seen}</td>
        <td className="ends">
          {mayMove && <Handle name={name} handle={handle} />}
          <MenuButton endpoint={endpoint} actions={actions} may={may} />
          {actions.dialogs}
        </td>
      </tr>
    </WithContextMenu>
  );
}
