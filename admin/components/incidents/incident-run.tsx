import { getIncidentRun } from '../../server/incidents/get-run.ts';
import type { IncidentRun as Run } from '../../server/incidents/schemas.ts';
import { runVerb, type VerbContext } from '../../server/verb.ts';
import { TimeAgo } from '../time-ago.tsx';

const SHOWN = {
  running: { tone: 'busy', label: 'running' },
  over: { tone: 'calm', label: 'over' },
  forgotten: { tone: 'calm', label: 'forgotten' },
  unreachable: { tone: 'bad', label: 'not known' },
} as const;

/** What the workflow of an incident does right now, as Temporal says; a Temporal that is away is said here alone. */
export async function IncidentRun({ context, id }: { context: VerbContext; id: string }) {
  const run = await runVerb(getIncidentRun, context, { id });
  const { tone, label } = SHOWN[run.state];
  return (
    <section className="card stack" aria-label="Workflow">
      <div className="head">
        <h2>Workflow</h2>
        <span className={`badge ${tone}`}>{label}</span>
      </div>
      <p>
        {run.words}
        {run.waitsUntil !== null && (
          <small className="quiet block">
            until <TimeAgo at={run.waitsUntil} />
          </small>
        )}
      </p>
      <Pending pending={run.pending} />
      {run.startedAt !== null && (
        <dl className="facts">
          <dt>{run.closedAt === null ? 'Running since' : 'Ran'}</dt>
          <dd>
            <TimeAgo at={run.startedAt} />
            {run.closedAt !== null && (
              <>
                {' to '}
                <TimeAgo at={run.closedAt} />
              </>
            )}
          </dd>
          <dt>Status</dt>
          <dd>{run.status?.toLowerCase().replaceAll('_', ' ')}</dd>
          <dt>History</dt>
          <dd>{run.historyLength?.toLocaleString('en')} events</dd>
          <dt>Run</dt>
          <dd>
            <code className="clip">{run.runId}</code>
          </dd>
        </dl>
      )}
      <a className="no-print" href={run.url} target="_blank" rel="noreferrer">
        Open in Temporal
      </a>
    </section>
  );
}

function Pending({ pending }: { pending: Run['pending'] }) {
  if (pending.length === 0) return null;
  return (
    <ul className="rows" aria-label="Activities under way">
      {pending.map((one) => (
        <li key={one.activity}>
          <span>
            {one.activity}
            {one.failure !== null && <small className="fault block wrap">{one.failure}</small>}
            {one.nextTryAt !== null && (
              <small className="quiet block">
                next try <TimeAgo at={one.nextTryAt} />
              </small>
            )}
          </span>
          <span className={`badge ${one.failure === null ? 'busy' : 'bad'}`}>
            {one.attempt > 1 ? `try ${one.attempt}` : one.isRunning ? 'at work' : 'queued'}
          </span>
        </li>
      ))}
    </ul>
  );
}
