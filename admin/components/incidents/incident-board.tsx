import { Link } from '../link.tsx';
import type { IncidentBoard as Board, IncidentView } from '../../server/incidents/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';
import { PhaseBadge } from './phase-badge.tsx';

const COLUMNS = [
  { title: 'Needs a look', phases: ['blocked', 'uncertain', 'waiting'] },
  { title: 'Opening', phases: ['new', 'opening'] },
  { title: 'Open', phases: ['open'] },
  { title: 'Over', phases: ['closing', 'closed', 'abandoned'] },
] as const;

/** Incidents by what they wait for; what needs a person stands first. The counts are of all, the cards of the last changed. */
export function IncidentBoard({ board, search }: { board: Board; search: Partial<Record<string, string>> }) {
  return (
    <div className="board">
      {COLUMNS.map(({ title, phases }) => {
        const own = board.phases.filter(({ phase }) => (phases as readonly string[]).includes(phase));
        const total = own.reduce((sum, { count }) => sum + count, 0);
        return (
          <section key={title} aria-label={title}>
            <h2>
              {title} <span className="quiet">{total.toLocaleString('en')}</span>
            </h2>
            {total === 0 && <p className="quiet board-empty">None</p>}
            {own
              .flatMap(({ items }) => items)
              .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt))
              .map((incident) => (
                <Card key={incident.id} incident={incident} />
              ))}
            {own
              .filter(({ count, items }) => count > items.length)
              .map(({ phase, count, items }) => (
                <Link key={phase} className="board-more" href={{ pathname: '/incidents', query: { ...search, phase } }}>
                  {(count - items.length).toLocaleString('en')} more {phase}
                </Link>
              ))}
          </section>
        );
      })}
    </div>
  );
}

function Card({ incident }: { incident: IncidentView }) {
  return (
    <article className="card">
      <Link href={`/incidents/${incident.id}`}>{incident.summary}</Link>
      {incident.error !== null && <small className="fault clip">{incident.error}</small>}
      <small className="quiet">
        <PhaseBadge phase={incident.phase} /> {incident.endpointName} · <TimeAgo at={incident.updatedAt} />
      </small>
    </article>
  );
}
