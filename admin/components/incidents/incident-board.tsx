import Link from 'next/link';
import type { IncidentView } from '../../server/incidents/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';
import { PhaseBadge } from './phase-badge.tsx';

const COLUMNS = [
  { title: 'Needs a look', phases: ['blocked', 'uncertain', 'waiting'] },
  { title: 'Opening', phases: ['new', 'opening'] },
  { title: 'Open', phases: ['open'] },
  { title: 'Over', phases: ['closing', 'closed', 'abandoned'] },
] as const;
const SHOWN = 50;

/** Incidents by what they wait for; what needs a person stands first. */
export function IncidentBoard({ incidents }: { incidents: readonly IncidentView[] }) {
  return (
    <div className="board">
      {COLUMNS.map(({ title, phases }) => {
        const own = incidents.filter(({ phase }) => (phases as readonly string[]).includes(phase));
        return (
          <section key={title} aria-label={title}>
            <h2>
              {title} <span className="quiet">{own.length}</span>
            </h2>
            {own.length === 0 && <p className="quiet board-empty">None</p>}
            {own.slice(0, SHOWN).map((incident) => (
              <article key={incident.id} className="card">
                <Link href={`/incidents/${incident.id}`}>{incident.summary}</Link>
                {incident.error !== null && <small className="fault clip">{incident.error}</small>}
                <small className="quiet">
                  <PhaseBadge phase={incident.phase} /> {incident.endpointName} · <TimeAgo at={incident.updatedAt} />
                </small>
              </article>
            ))}
          </section>
        );
      })}
    </div>
  );
}
