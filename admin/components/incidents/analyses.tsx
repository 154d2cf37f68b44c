import type { IncidentDetail } from '../../server/incidents/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

const TONES = { asked: 'busy', ready: 'good', noted: 'good', failed: 'bad', cancelled: 'calm' } as const;
const WHY = { opened: 'the ticket was opened', order: 'a person asked', changed: 'it changed' } as const;
const MOST = 20;

type Analysis = IncidentDetail['analyses'][number];

/** What the model said of an incident, or what ails it and what to do: the newest open, the earlier ones folded. */
export function Analyses({ analyses }: { analyses: IncidentDetail['analyses'] }) {
  const [newest, ...older] = analyses;
  if (newest === undefined) return null;
  return (
    <section className="card stack" aria-label="Root cause">
      <div className="head">
        <h2>Root cause</h2>
        <span className={`badge ${TONES[newest.state]}`}>{newest.state}</span>
      </div>
      <Said analysis={newest} />
      {older.map((analysis) => (
        <details key={analysis.id}>
          <summary className="label">
            Earlier, <TimeAgo at={analysis.askedAt} />: {analysis.state}
          </summary>
          <div className="stack">
            <Said analysis={analysis} />
          </div>
        </details>
      ))}
      {analyses.length === MOST && <small className="quiet">The newest {MOST} are shown.</small>}
    </section>
  );
}

function Said({ analysis }: { analysis: Analysis }) {
  return (
    <>
      {analysis.text !== null && <p className="wrap">{analysis.text}</p>}
      {analysis.error !== null && <p className="fault wrap">{analysis.error}</p>}
      {analysis.remedy !== null && <p className="wrap">{analysis.remedy}</p>}
      <small className="quiet">
        {analysis.model ?? 'the model'} · asked <TimeAgo at={analysis.askedAt} />, because {WHY[analysis.reason]}
        {analysis.askedBy !== null && ` (${analysis.askedBy})`} · ticket #{analysis.ticketId}
        {analysis.tokens !== null && ` · ${analysis.tokens.toLocaleString('en')} tokens`}
      </small>
    </>
  );
}
