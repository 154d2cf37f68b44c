import type { FieldFault } from '../../../server/errors.ts';

/** Faults or warnings with their places. */
export function FaultList({ items }: { items: readonly FieldFault[] }) {
  return (
    <ul>
      {items.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          {path === '' ? '' : `${path}: `}
          {message}
        </li>
      ))}
    </ul>
  );
}
