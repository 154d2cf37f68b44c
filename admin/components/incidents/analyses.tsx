import type { IncidentDetail } from '../../server/incidents/schemas.ts';
import { TimeAgo } from '../time-ago.tsx';

const TONES = { asked: 'busy', ready: 'good', noted: 'good', failed: 'bad', cancelled: 'calm' } as const;

/** What the model said of an incident, or what ails it and what to do. */
export function Analyses({ analyses }: { analyses: IncidentDetail['analyses'] }) {
  const [newest, ...older] = analyses;
  if (newest === undefined) return null;
  return (
    <section className="card stack" aria-label="Root cause">
      <div className="head">
        <h2>Root cause</h2>
        <span className={`badge ${TONES[newest.state]}`}>{newest.state}</span>
      </div>
      {newest.text !== null && <p className="wrap">{newest.text}</p>}
      {newest.error !== null && <p className="fault wrap">{newest.error}</p>}
      {newest.remedy !== null && <p className="wrap">{newest.remedy}</p>}
      <small className="quiet">
        {newest.model ?? 'the model'} · asked <TimeAgo at={newest.askedAt} />
        {newest.tokens !== null && ` · ${newest.tokens.toLocaleString('en')} tokens`}
        {older.length > 0 && ` · ${older.length} earlier`}
      </small>
    </section>
  );
}
