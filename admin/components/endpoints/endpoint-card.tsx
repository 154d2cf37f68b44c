'use client';

import { ChooseBox, Handle, NameLink, WithContextMenu, type ItemProps } from './endpoint-item.tsx';
import { MenuButton } from './endpoint-menu.tsx';
import { useEndpointActions } from './use-endpoint-actions.tsx';

/** One endpoint at a glance: its day as ticks and a line, and what can be done with it. */
export function EndpointCard(props: ItemProps) {
  const { endpoint, may, mayMove } = props;
  const { name, state, line, ticks, received, seen } = endpoint;
  const { element, handle } = props.place;
  const actions = useEndpointActions(endpoint);
  return (
    <>
      <WithContextMenu endpoint={endpoint} actions={actions} may={may}>
        <article className="card endpoint-card" aria-label={name} {...element}>
          <header>
            {may.change && <ChooseBox {...props} />}
            <div>
              <h2>
                <NameLink endpoint={endpoint} />
              </h2>
              {state}
            </div>
            <span className="ends">
              {mayMove && <Handle name={name} handle={handle} />}
              <MenuButton endpoint={endpoint} actions={actions} may={may} />
            </span>
          </header>
          {line}
          {ticks}
          <footer>
            <span>{received} in 24 h</span>
            <span>{seen}</span>
          </footer>
        </article>
      </WithContextMenu>
      {actions.dialogs}
    </>
  );
}
