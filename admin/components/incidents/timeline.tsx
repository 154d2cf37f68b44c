import type { IncidentDetail } from '../../server/incidents/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

/** The incident's life, oldest first. */
export function Timeline({ entries }: { entries: IncidentDetail['timeline'] }) {
  if (entries.length === 0) return <p className="quiet">Nothing has happened yet: the first step is under way.</p>;
  return (
    <ol className="timeline" aria-label="Timeline">
      {entries.map((entry, index) => (
        <li key={index} data-kind={entry.kind}>
          <p>{entry.text}</p>
          <small className="quiet">
            <TimeAgo at={entry.at} /> · {entry.kind}
            {entry.episode > 0 && ` · episode ${entry.episode + 1}`}
          </small>
        </li>
      ))}
    </ol>
  );
}
