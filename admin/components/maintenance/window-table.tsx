import { WindowActions } from './window-form.tsx';
import { whenOf } from './window-words.ts';

export interface ListedWindow {
  id: string;
  name: string;
  window: object;
  createdBy: string;
}

/** The windows that hold for all endpoints. */
export function WindowTable({ windows, mayChange }: { windows: readonly ListedWindow[]; mayChange: boolean }) {
  return (
    <table className="list">
      <thead>
        <tr>
          <th>Window</th>
          <th>When</th>
          <th>Zone</th>
          <th>Webhooks are</th>
          {mayChange && <th aria-label="Actions" />}
        </tr>
      </thead>
      <tbody>
        {windows.map(({ id, name, window, createdBy }) => {
          const { timezone, policy } = window as { timezone?: string; policy?: string };
          return (
            <tr key={id}>
              <td className="main">
                <strong>{name}</strong>
                <small className="quiet">by {createdBy}</small>
              </td>
              <td data-label="When">{whenOf(window)}</td>
              <td data-label="Zone">{timezone}</td>
              <td data-label="Webhooks are">
                <span className={`badge ${policy === 'hold' ? 'warn' : 'calm'}`}>
                  {policy === 'hold' ? 'held' : 'skipped'}
                </span>
              </td>
              {mayChange && (
                <td>
                  <WindowActions window={{ id, name, window }} />
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
