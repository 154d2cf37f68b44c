import type { PlanView } from '../../server/transfer/plan-item.ts';

const TONES = { create: 'good', update: 'busy', delete: 'bad', unchanged: 'calm' } as const;

/** What a file would change, or did: one line for each thing, places but never values. */
export function PlanTable({ plan }: { plan: PlanView }) {
  const changes = plan.plan.filter(({ action }) => action !== 'unchanged');
  const same = plan.plan.length - changes.length;
  return (
    <div className="stack" role="region" aria-label="Plan" tabIndex={-1}>
      <p>
        <strong>
          {plan.changed === 0
            ? 'Nothing changes.'
            : `${plan.changed} ${plan.changed === 1 ? 'thing' : 'things'} ${plan.dryRun ? 'would change' : 'changed'}.`}
        </strong>{' '}
        {same > 0 && <span className="quiet">{same} stay as they are.</span>}
      </p>
      <ul className="rows">
        {changes.map((item, index) => (
          <li key={index}>
            <span>
              {item.name} <small className="quiet">{item.kind.replaceAll('-', ' ')}</small>
              {item.changes.length > 0 && <small className="quiet block">{item.changes.join(', ')}</small>}
              {item.notes.map((note) => (
                <small key={note} className="block">
                  {note}
                </small>
              ))}
              {item.url !== undefined && <code className="block">{item.url}</code>}
              {item.token !== undefined && (
                <span className="block">
                  Token, shown once: <code>{item.token}</code>
                </span>
              )}
            </span>
            <span className={`badge ${TONES[item.action]}`}>{item.action}</span>
          </li>
        ))}
      </ul>
      {plan.notes.map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
    </div>
  );
}

/** Faults of a file with their places. */
export function FileFaults({
  message,
  faults,
}: {
  message: string;
  faults: readonly { path: string; message: string }[];
}) {
  return (
    <div className="stack" role="alert">
      <p className="fault">{message}</p>
      <ul className="rows">
        {faults.map((fault, index) => (
          <li key={index}>
            <span className="wrap">{fault.message}</span>
            <code>{fault.path}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
