import type { VersionDiff } from '../../server/endpoints/version-schemas.ts';

/** What changed between two versions, place by place, before over after. */
export function VersionChanges({ diff }: { diff: VersionDiff | null }) {
  if (diff === null)
    return (
      <section className="card" aria-label="Difference">
        <p className="quiet">The first version. Save a change, and what changed stands here.</p>
      </section>
    );
  return (
    <section className="card stack" aria-label="Difference">
      <h2>
        From version {diff.from} to {diff.to}
      </h2>
      {diff.changes.length === 0 && <p className="quiet">They hold the same.</p>}
      <ChangeList changes={diff.changes} />
    </section>
  );
}

/** Place by place, before over after. */
export function ChangeList({ changes }: { changes: VersionDiff['changes'] }) {
  return changes.map(({ path, before, after }) => (
    <div key={path} className="change">
      <h3 className="code">{path}</h3>
      {before !== null && <del>{textOf(before)}</del>}
      {after !== null && <ins>{textOf(after)}</ins>}
    </div>
  ));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? (value === '' ? '(blank)' : value) : JSON.stringify(value, null, 2);
}
