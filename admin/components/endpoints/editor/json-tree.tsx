'use client';

import type { Steps } from './insert-path.ts';

const MOST = 60;

/** A body as a tree: each value is a button that says where it stands. Long lists show their first entries. */
export function JsonTree({
  value,
  steps = [],
  onPick,
}: {
  value: unknown;
  steps?: Steps;
  onPick(steps: Steps, value: unknown): void;
}) {
  if (typeof value !== 'object' || value === null) return <Leaf value={value} onPick={() => onPick(steps, value)} />;
  const isList = Array.isArray(value);
  const entries: [string | number, unknown][] = isList
    ? value.slice(0, MOST).map((item, at) => [at, item])
    : Object.entries(value).slice(0, MOST);
  const left = (isList ? value.length : Object.keys(value).length) - entries.length;
  return (
    <ul className="json-tree">
      {entries.map(([name, inner]) => (
        <li key={name}>
          <span className="json-name">{name}</span>
          <JsonTree value={inner} steps={[...steps, name]} onPick={onPick} />
        </li>
      ))}
      {left > 0 && <li className="quiet">and {left} more</li>}
      {entries.length === 0 && <li className="quiet">{isList ? 'empty list' : 'empty object'}</li>}
    </ul>
  );
}

function Leaf({ value, onPick }: { value: unknown; onPick(): void }) {
  return (
    <button type="button" className="json-value" onClick={onPick} onMouseDown={(event) => event.preventDefault()}>
      {JSON.stringify(value)?.slice(0, 160)}
    </button>
  );
}
