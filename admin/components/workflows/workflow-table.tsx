import { Link } from '../link.tsx';
import type { WorkflowPage, WorkflowView } from '../../server/workflows/schemas.ts';
import { PhaseBadge } from '../incidents/phase-badge.tsx';
import { TimeAgo } from '../time-ago.tsx';

const TONES: Record<string, string> = { running: 'busy', completed: 'good', continued: 'calm', cancelled: 'calm' };

/** Workflows as Temporal lists them; on narrow screens each row is a card. */
export function WorkflowTable({ page, isDescribed }: { page: WorkflowPage; isDescribed: boolean }) {
  const { items, count, looked, nextCursor } = page;
  return (
    <>
      <p className="quiet" role="status">
        {isDescribed
          ? `${items.length === 0 ? 'None' : items.length} of the ${looked} running workflows looked at here has an activity that is tried again${nextCursor === null ? '.' : '; “Older” looks at the next.'}`
          : `${count.toLocaleString('en')} ${count === 1 ? 'workflow' : 'workflows'}`}
      </p>
      {items.length === 0 && !isDescribed && <p className="card empty quiet">No workflow matches these filters.</p>}
      {items.length > 0 && (
        <table className="list">
          <thead>
            <tr>
              <th>About</th>
              <th>Kind</th>
              <th>Status</th>
              <th>Phase</th>
              <th className="number">Events</th>
              <th>Started</th>
              <th>Temporal</th>
            </tr>
          </thead>
          <tbody>
            {items.map((workflow) => (
              <Row key={workflow.runId} workflow={workflow} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Row({ workflow }: { workflow: WorkflowView }) {
  const { type, typeName, status, phase, startedAt, closedAt } = workflow;
  return (
    <tr>
      <td className="main">
        <About workflow={workflow} />
        {workflow.incidentId !== null && (
          <small className="quiet">{workflow.endpointName ?? 'an endpoint that is gone'}</small>
        )}
        {workflow.problems.length > 0 && (
          <small className="fault">Its tasks fail: {workflow.problems.map(plain).join(', ')}</small>
        )}
        {workflow.failing.map(({ activity, attempt, failure }) => (
          <small key={activity} className="fault">
            {activity}, try {attempt}
            {failure !== null && `: ${failure}`}
          </small>
        ))}
      </td>
      <td data-label="Kind">{type?.replaceAll('-', ' ') ?? typeName}</td>
      <td data-label="Status">
        <span className={`badge ${TONES[status ?? ''] ?? 'bad'}`}>{status?.replaceAll('-', ' ') ?? 'unknown'}</span>
      </td>
      <td data-label="Phase">{phase === null ? <span className="quiet">none</span> : <PhaseBadge phase={phase} />}</td>
      <td data-label="Events" className="number">
        {workflow.historyLength === 0 ? <span className="quiet">-</span> : workflow.historyLength.toLocaleString('en')}
      </td>
      <td data-label="Started">
        {startedAt !== null && <TimeAgo at={startedAt} />}
        {closedAt !== null && (
          <small className="quiet block">
            ended <TimeAgo at={closedAt} />
          </small>
        )}
      </td>
      <td data-label="Temporal">
        <a href={workflow.url} target="_blank" rel="noreferrer">
          Open
        </a>
      </td>
    </tr>
  );
}

function About({ workflow: { incidentId, endpointId, title, workflowId } }: { workflow: WorkflowView }) {
  if (incidentId !== null)
    return (
      <Link href={`/incidents/${incidentId}`} title={workflowId}>
        {title}
      </Link>
    );
  if (endpointId !== null)
    return (
      <Link href={`/endpoints/${endpointId}`} title={workflowId}>
        {title}
      </Link>
    );
  return <span>{workflowId}</span>;
}

/** `category=WorkflowTaskFailed` as people read it. */
function plain(problem: string): string {
  return problem.replace(/^(category|cause)=/, '');
}
