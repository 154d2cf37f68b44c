import { Link } from '../link.tsx';
import type { VersionView } from '../../server/endpoints/version-schemas.ts';
import { TimeAgo } from '../time-ago.tsx';
import { RestoreVersion } from './restore-version.tsx';

/** Every save, the newest first; any of them can be held against the one that holds now. */
export function VersionList({
  id,
  current,
  items,
  shown,
  mayRestore,
}: {
  id: string;
  /** The version that holds. */
  current: number;
  items: readonly VersionView[];
  shown: { from: number; to: number };
  mayRestore: boolean;
}) {
  return (
    <section className="card stack" aria-label="Versions">
      <ul className="plain">
        {items.map(({ version, savedBy, savedAt, isCurrent }) => (
          <li key={version} className="head">
            <span>
              <b>Version {version}</b> {isCurrent && <span className="badge good">holds now</span>}
              <small className="quiet">
                {savedBy}, <TimeAgo at={savedAt} />
              </small>
            </span>
            <span className="tools">
              {version > 1 && (
                <Link
                  href={{ query: { from: version - 1, to: version } }}
                  scroll={false}
                  aria-current={shown.from === version - 1 && shown.to === version ? 'true' : undefined}
                >
                  What it changed
                </Link>
              )}
              {!isCurrent && (
                <Link href={{ query: { from: version, to: current } }} scroll={false}>
                  Against now
                </Link>
              )}
              {mayRestore && !isCurrent && <RestoreVersion id={id} version={version} current={current} />}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
